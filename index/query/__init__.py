"""The query language: its tree, its parser, its printer."""
