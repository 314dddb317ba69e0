"""How a record is cited: APA, MLA, Chicago and Vancouver, by a CSL processor."""

from web.citations.citations import Citation, Citations

__all__ = ["Citation", "Citations"]
