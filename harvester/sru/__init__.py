"""SRU 1.1, 1.2 and 2.0: searching a library's catalogue and taking all that is found."""
