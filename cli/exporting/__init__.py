"""What an export was asked to be on the command line, and the files it becomes."""
