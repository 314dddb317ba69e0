"""CQL, the query language of SRU: its text, its tree, and what it asks of our index."""
