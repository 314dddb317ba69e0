"""unAPI: the record behind an `<abbr class="unapi-id">`, in forms to choose from.

The revision of 2006, https://web.archive.org/web/20140331070802/http://unapi.info/specs/.
"""

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catalog.errors import NotFound, UsageFault
from catalog.export import Options
from catalog.export.xml import quoted
from web.caching import conditional
from web.formats import FORMS, content_type, entry_of
from web.shelf import Visit

_DOCS: Final = {
    "ris": "https://en.wikipedia.org/wiki/RIS_(file_format)",
    "bibtex": "https://www.ctan.org/pkg/bibtex",
    "marcxml": "http://www.loc.gov/marcxml/",
    "mods": "http://www.loc.gov/standards/mods/",
    "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "csl-json": "https://citationstyles.org/",
}
_EVERYWHERE: Final = ("ris", "bibtex")
"""Forms told of when no record is named: Zotero asks for no other list, and of one it takes MARCXML before
MODS and both before RIS, though articles lose by it."""

_OPTIONS: Final = Options(url="always", split_names=True)
"""A reference manager has two boxes for a person: what comes unsplit it takes for a body."""

_TAG: Final = re.compile(r"<(?=[A-Za-z/!?])")
_MULTIPLE_CHOICES: Final = 300
_NOT_ACCEPTABLE: Final = 406


@conditional()
def unapi(request: Request, visit: Visit) -> Response:
    """Answer with the forms there are, those of a record, or the record in one of them."""
    identifier, form = request.query_params.get("id"), request.query_params.get("format")
    if not identifier:
        if form:
            raise UsageFault("a format needs the id of a record", hint="/unapi?id=KEY&format=ris")
        return _formats(_EVERYWHERE)
    stored = visit.catalog.get(identifier)
    if stored.deleted:
        raise NotFound(f"the record {stored.key} was withdrawn")
    if not form:
        return _formats(tuple(_DOCS), stored.key)
    if form not in _DOCS or form not in FORMS:
        return _plain(f"there is no {form}: /unapi?id={identifier} lists the formats\n", _NOT_ACCEPTABLE)
    chosen = FORMS[form]
    text = chosen.text(entry_of(stored), _OPTIONS)
    if form == "ris":  # Zotero reads its values as HTML and drops what looks like a tag
        text = _TAG.sub("&lt;", text)
    return Response(text, media_type=content_type(chosen.media_type))


def _formats(names: tuple[str, ...], identifier: str | None = None) -> Response:
    """Answer with a list of formats, a choice of them where a record is named."""
    offered = [FORMS[name] for name in names if name in FORMS]
    told = ((form.name, form.media_type, _DOCS[form.name]) for form in offered)
    lines = ["<format name={} type={} docs={}/>".format(*map(quoted, each)) for each in told]
    named = f" id={quoted(identifier)}" if identifier else ""
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(
        [f"<formats{named}>", *lines, "</formats>\n"]
    )
    return Response(text, _MULTIPLE_CHOICES if identifier else 200, media_type="application/xml")


def _plain(text: str, status: int) -> Response:
    return Response(text, status, media_type="text/plain")


routes = [Route("/unapi", unapi)]
