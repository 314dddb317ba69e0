"""The catalogue on the web: pages for readers, and JSON, SRU, OAI-PMH and feeds for machines."""
