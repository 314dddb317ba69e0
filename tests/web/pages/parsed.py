"""Pages as they were sent, parsed."""

from lxml import html
from starlette.testclient import TestClient


def page(client: TestClient, address: str, status: int = 200) -> html.HtmlElement:
    """Return the page at an address, which must be answered with a status."""
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return html.document_fromstring(answer.text)
