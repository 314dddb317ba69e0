"""What a query finds, in which order, and why: over any inverted index that gives arrays."""
