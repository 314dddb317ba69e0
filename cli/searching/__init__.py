"""What `search`, `export` and `searches` share: from what was typed to what is shown."""
