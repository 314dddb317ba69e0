"""What stands between the world and the catalogue: limits, rates, headers, the log."""
