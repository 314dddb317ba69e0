"""The Whoosh engine: the only place that knows Whoosh."""
