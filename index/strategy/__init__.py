"""Search strategies: files of numbered lines, what each line finds, and which known items it misses."""
