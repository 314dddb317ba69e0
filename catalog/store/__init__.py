"""The catalogue on disk: SQLite, one folder."""
