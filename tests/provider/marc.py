"""Books as MARC 21: slim XML, ISO 2709 and Dublin Core, the same for the same seed."""

import random
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape

import pymarc

SLIM = "http://www.loc.gov/MARC21/slim"
_WORDS = (
    "peer",
    "support",
    "self-help",
    "groups",
    "counselling",
    "recovery",
    "mentors",
    "grief",
    "Ēriks",
    "互助",
)
_OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"


class Book(NamedTuple):
    """What a MARC record is made of here."""

    id: str
    title: str
    author: str
    year: int

    def holds(self, word: str) -> bool:
        return word.lower() in f"{self.title} {self.author} {self.year} {self.id}".lower()


def books(count: int, *, seed: int = 0) -> list[Book]:
    """Return books, every one of them with "peer" or "self-help" in its title."""
    chance = random.Random(seed)
    titles = (" ".join([("Peer", "Self-help")[n % 2], *chance.choices(_WORDS, k=4)]) for n in range(count))
    return [
        Book(f"bk{seed}-{n:06}", title + (" <&>" if n % 7 == 0 else ""), f"Müller, A. {n}.", 1980 + n % 45)
        for n, title in enumerate(titles)
    ]


@lru_cache(maxsize=20_000)
def marcxml(book: Book) -> str:
    """Return `<record>` of MARC 21 slim with its own namespace declared."""
    return (
        f'<record xmlns="{SLIM}"><leader>00000nam a2200000 i 4500</leader>'
        f'<controlfield tag="001">{book.id}</controlfield>'
        f'<controlfield tag="008">000101s{book.year}    xx            000 0 eng d</controlfield>'
        f"{_field('020', '  ', '9780000000002')}{_field('100', '1 ', book.author)}"
        f"{_field('245', '10', f'{book.title}.')}{_field('264', ' 1', str(book.year), 'c')}"
        f"{_field('650', ' 0', 'Self-help groups.')}</record>"
    )


def _field(tag: str, indicators: str, value: str, code: str = "a") -> str:
    return (
        f'<datafield tag="{tag}" ind1="{indicators[0]}" ind2="{indicators[1]}">'
        f'<subfield code="{code}">{escape(value)}</subfield></datafield>'
    )


def iso2709(book: Book) -> bytes:
    """Return the record as it is exchanged in files."""
    (record,) = pymarc.parse_xml_to_array(BytesIO(marcxml(book).encode()))
    assert record is not None
    return bytes(record.as_marc())


def dublin_core(book: Book, root: str = "oai_dc:dc", namespace: str = _OAI_DC) -> str:
    """Return the record in Dublin Core within an element of this name."""
    prefix = root.partition(":")[0]
    return (
        f'<{root} xmlns:{prefix}="{namespace}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(book.title)}</dc:title><dc:creator>{escape(book.author)}</dc:creator>"
        f"<dc:identifier>{book.id}</dc:identifier><dc:date>{book.year}</dc:date></{root}>"
    )
