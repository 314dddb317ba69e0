"""What templates show, as values: pure functions of records and hits, no template decides anything."""
