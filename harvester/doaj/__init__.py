"""DOAJ: its article API, its feed by class, its public dump."""
