"""From any spelling to the normal form: pure functions, one module per kind of value."""
