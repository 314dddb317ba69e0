"""From records to text others read: pure functions."""
