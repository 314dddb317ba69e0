"""From a template to a page."""

from collections.abc import Mapping
from importlib.metadata import version
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from web.pages import assets
from web.site import Site


class Pages:
    """The templates of one process; what goes into them is escaped unless it is Markup."""

    def __init__(self, site: Site) -> None:
        self.assets = assets.load()
        self._environment = Environment(
            loader=PackageLoader("web.pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals |= {"site": site, "version": version("peerlit")}
        self._environment.filters["number"] = "{:,}".format

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
        """Render a page.

        In a template `url(path, **parameters)` is an address within this catalogue, `static(name)` that of a
        file of web/static. A `search` in the context fills the search bar; `here` is the path whose link in
        the header is that of this page.
        """
        root = request.scope.get("root_path", "")

        def url(path: str, **parameters: object) -> str:
            told = urlencode([(name, str(value)) for name, value in parameters.items() if value is not None])
            return f"{root}{path}" + (f"?{told}" if told else "")

        def static(name: str) -> str:
            return f"{root}/static/{self.assets[name].digest}/{name}"

        page = self._environment.get_template(template)
        text = page.render(url=url, static=static, root=root, **context)
        return HTMLResponse(text, status, dict(headers or {}))


def record_path(key: str) -> str:
    """Return the path of a record's page within this catalogue; keys have slashes of their own."""
    return f"/record/{quote(key, safe='/:@!$,;~')}"


def pages_of(request: Request) -> Pages:
    """Return the templates of the process that answers a request."""
    pages: Pages = request.app.state.pages
    return pages
