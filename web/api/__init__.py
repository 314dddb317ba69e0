"""The catalogue as JSON: the same searches and the same counts as the pages."""

from web.api.routes import routes

__all__ = ["routes"]
