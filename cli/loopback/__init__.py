"""A small provider on this machine that answers as DOAJ does: the demonstration harvests from it."""
