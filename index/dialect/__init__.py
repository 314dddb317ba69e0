"""Other databases' query languages: read, and written in ours with a report of what has no equal here."""
