"""Pages for readers: rendered here, whole without a script, each state with an address of its own."""
