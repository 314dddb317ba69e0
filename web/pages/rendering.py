"""From a template to a page."""

from collections.abc import Mapping
from importlib.metadata import version
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from web.site import Site


class Pages:
    """The templates of one process; what goes into them is escaped unless it is Markup."""

    def __init__(self, site: Site) -> None:
        self._environment = Environment(
            loader=PackageLoader("web.pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals |= {"site": site, "version": version("peerlit")}

    def respond(
        self,
        request: Request,
        template: str,
        /,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **context: object,
    ) -> HTMLResponse:
        """Render a page; `url(path, **parameters)` in a template is an address within this catalogue."""
        root = request.scope.get("root_path", "")

        def url(path: str, **parameters: object) -> str:
            told = urlencode([(name, str(value)) for name, value in parameters.items() if value is not None])
            return f"{root}{path}" + (f"?{told}" if told else "")

        page = self._environment.get_template(template)
        return HTMLResponse(page.render(url=url, root=root, **context), status, dict(headers or {}))


def record_path(key: str) -> str:
    """Return the path of a record's page within this catalogue; keys have slashes of their own."""
    return f"/record/{quote(key, safe='/:@!$,;~')}"


def pages_of(request: Request) -> Pages:
    """Return the templates of the process that answers a request."""
    pages: Pages = request.app.state.pages
    return pages
