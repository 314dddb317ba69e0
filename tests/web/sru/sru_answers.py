"""Asking the SRU server without a network, and reading what it answers."""

from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from web.shelf import Visit
from web.site import Site
from web.sru.answering import respond

ADDRESS = "https://library.example/catalogue/sru"
Parameters = dict[str, str] | Iterable[tuple[str, str]]


class Answer(NamedTuple):
    """An answer: its root, looked into by the names elements have in any namespace."""

    text: str
    root: etree._Element

    def texts(self, name: str) -> list[str]:
        return [element.text or "" for element in self.root.iter(f"{{*}}{name}")]

    def text_of(self, name: str) -> str | None:
        return next(iter(self.texts(name)), None)

    @property
    def kind(self) -> str:
        return etree.QName(self.root).localname

    @property
    def total(self) -> int:
        return int(self.text_of("numberOfRecords") or -1)

    @property
    def diagnostics(self) -> list[tuple[int, str]]:
        """The complaints about the request, not those in place of records."""
        found = self.root.findall("./{*}diagnostics/{*}diagnostic")
        return [
            (int(each.findtext("{*}uri", "").rpartition("/")[2]), each.findtext("{*}details", ""))
            for each in found
        ]

    @property
    def outline(self) -> list[str]:
        return [etree.QName(child).localname for child in self.root]


def ask(visit: Visit, parameters: Parameters, site: Site) -> Answer:
    given = list(parameters.items()) if isinstance(parameters, dict) else list(parameters)
    text = respond(given, visit, site, ADDRESS).text
    return Answer(text, etree.fromstring(text.encode()))
