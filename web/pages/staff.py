"""The staff view of a record, and what its sources sent, as a file."""

from starlette.requests import Request
from starlette.responses import Response

from catalog.errors import NotFound
from catalog.store import StoredRecord
from web.formats import disposition
from web.pages.rendering import pages_of, record_path
from web.pages.views.brief import UNTITLED, language_of
from web.pages.views.copies import copies
from web.pages.views.staff import history, marc_tables, readings, sent
from web.shelf import Visit


def staff_page(request: Request, visit: Visit, stored: StoredRecord) -> Response:
    """Answer with all that lies behind a record."""
    raws = visit.catalog.raws(stored.key)
    return pages_of(request).respond(
        request,
        "staff.html",
        stored=stored,
        title=stored.record.title or UNTITLED,
        lang=language_of(stored.record),
        path=record_path(stored.key),
        copies=copies(raws, visit),
        marc=list(marc_tables(stored, raws)),
        sent=list(sent(raws)),
        readings=readings(stored.record),
        steps=history(visit.catalog.revisions(stored.key)),
    )


def raw_file(request: Request, visit: Visit, stored: StoredRecord) -> Response:
    """Answer with one raw record of a work byte for byte, `copy` tells which, else the one shown.

    As bytes to be saved, whatever they are: nothing that a source sent is opened here. Raises NotFound.
    """
    wanted = request.query_params.get("copy")
    raws = visit.catalog.raws(stored.key)
    found = [raw for raw in raws if wanted in (None, str(raw.id))]
    if not found:
        raise NotFound(f"{stored.key} has no copy {wanted}")
    return bytes_of(found[0].raw.payload, f"{stored.key.replace('/', '-')}-{found[0].id}")


def bytes_of(payload: bytes, name: str) -> Response:
    """Return bytes as a file to be saved."""
    headers = {
        "Content-Disposition": disposition("attachment", f"{name}.raw"),
        "X-Content-Type-Options": "nosniff",
    }
    return Response(payload, media_type="application/octet-stream", headers=headers)
