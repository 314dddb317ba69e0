"""The elements of a Dublin Core record, each with its attributes, in the order they stand."""

from collections.abc import Iterable
from typing import NamedTuple


class Element(NamedTuple):
    """One element: `name` is local and lower-case, `scheme` its xsi:type, `identifier` its @id (an ORCID)."""

    name: str
    text: str
    language: str | None = None
    scheme: str | None = None
    identifier: str | None = None


class Elements:
    """The elements by name, blanks around their texts taken off; those without text are left out."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self._by_name: dict[str, list[Element]] = {}
        for element in elements:
            text = element.text.strip()
            if text:
                kept = element if text == element.text else element._replace(text=text)
                self._by_name.setdefault(element.name, []).append(kept)

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def all(self, *names: str) -> list[Element]:
        """Return the elements with any of those names, name by name."""
        return [element for name in names for element in self._by_name.get(name, ())]

    def texts(self, *names: str) -> list[str]:
        """Return their texts."""
        return [element.text for name in names for element in self._by_name.get(name, ())]

    def first(self, *names: str) -> str | None:
        """Return the first text, None when there is none."""
        return next((self._by_name[name][0].text for name in names if name in self._by_name), None)
