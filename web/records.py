"""One record in every form: by the suffix of its address, or by what the other side accepts."""

from collections.abc import Iterator
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from catalog.errors import NotFound
from catalog.store import Catalog, StoredRecord
from web.api.catalogue import GONE
from web.api.shapes import encoded, item_of
from web.caching import REVALIDATE, conditional, dated
from web.formats import (
    MEDIA_TYPES,
    Form,
    content_type,
    disposition,
    entry_of,
    read_options,
    split_suffix,
    suffix_of,
)
from web.links import doi_address
from web.negotiation import preferred
from web.pages.record import record_page, withdrawn_page
from web.pages.rendering import record_path
from web.parameters import OPTIONS, checked
from web.shelf import Visit, site_of

HTML: Final = "text/html"
_OFFERS: Final = (HTML, *MEDIA_TYPES)
_MOVED: Final = 301
_NOT_ACCEPTABLE: Final = 406


@conditional(vary=("Accept",))
def record(request: Request, visit: Visit) -> Response:
    """Answer `/record/{name}`: a page, or with a suffix or for who accepts no page, another form.

    Every name of a record leads to the address of its key.
    """
    name = request.path_params["name"]
    checked(request.query_params.multi_items(), OPTIONS, others=True)
    stored, form = resolve(name, visit.catalog)
    suffix = suffix_of(form) if form else ""
    if name not in (stored.key, f"{stored.key}{suffix}"):
        query = f"?{request.url.query}" if request.url.query else ""
        root = request.scope.get("root_path", "")
        return RedirectResponse(
            f"{root}{record_path(stored.key)}{suffix}{query}", _MOVED, {"Cache-Control": REVALIDATE}
        )
    address = f"{site_of(request).base(request)}{record_path(stored.key)}"
    form = form or _accepted(request, address)
    if stored.deleted and form is None:
        return withdrawn_page(request, stored)
    if stored.deleted:
        raise HTTPException(GONE, f"{stored.key} was withdrawn by its source on {stored.updated_at[:10]}")
    if form is None:
        response = record_page(request, visit, stored)
    else:
        response = _written(form, request, stored)
        response.headers.update(dated(stored.updated_at, visit))
    response.headers["Link"] = ", ".join(_links(stored, address, form))
    return response


def resolve(name: str, catalog: Catalog) -> tuple[StoredRecord, Form | None]:
    """Return the record of a name, and the form that a suffix asks for.

    A key that ends like a suffix is a key. Raises NotFound.
    """
    parted = split_suffix(name)
    if parted is not None and not next(catalog.many([name]), None):
        try:
            return catalog.get(parted[0]), parted[1]
        except NotFound:
            pass  # a DOI may end like a suffix too
    return catalog.get(name), None


def _accepted(request: Request, address: str) -> Form | None:
    """Return the form that is asked for by media type, None for the page."""
    wanted = preferred(request.headers.getlist("accept"), _OFFERS)
    if wanted is None:
        told = ", ".join(f"{media_type} ({suffix_of(form)})" for media_type, form in MEDIA_TYPES.items())
        raise HTTPException(
            _NOT_ACCEPTABLE,
            f"this record can be had as {HTML}, {told}",
            {"Link": ", ".join(_alternates(address)), "Vary": "Accept"},
        )
    return None if wanted == HTML else MEDIA_TYPES[wanted]


def _written(form: Form, request: Request, stored: StoredRecord) -> Response:
    options = read_options(request.query_params.multi_items())
    if form.name == "json":
        text = encoded(item_of(stored, site_of(request).base(request)))
    else:
        text = form.text(entry_of(stored), options).encode()
    file = f"{stored.citation_key or stored.key.rpartition('/')[2]}{form.suffix}"
    return Response(
        text,
        headers={
            "Content-Type": content_type(form.media_type),
            "Content-Disposition": disposition("inline", file),
        },
    )


def _links(stored: StoredRecord, address: str, form: Form | None) -> Iterator[str]:
    """Yield typed links: the record's address, its other forms, how to cite it (https://signposting.org)."""
    doi = stored.record.identifier("doi")
    if doi:
        yield f'<{doi_address(doi)}>; rel="cite-as"'
    yield f'<{address}>; rel="canonical"'
    if form is None:
        yield from _alternates(address)
    else:
        yield f'<{address}>; rel="describes"; type="{HTML}"'


def _alternates(address: str) -> Iterator[str]:
    for media_type, form in MEDIA_TYPES.items():
        yield f'<{address}{suffix_of(form)}>; rel="alternate describedby"; type="{media_type}"'
