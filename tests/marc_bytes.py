"""MARC records in exchange format, made to measure."""

Fields = list[tuple[str, bytes]]

GATSBY: Fields = [
    ("001", b"gatsby1"),
    ("008", b"870205s1925    nyu           000 1 eng d"),
    ("100", b"1 \x1faFitzgerald, F. Scott."),
    ("245", b"14\x1faThe great Gatsby /\x1fcF. Scott Fitzgerald."),
    ("650", b" 0\x1faAmerican fiction."),
]


def marc_bytes(fields: Fields = GATSBY, *, flag: bytes = b"a") -> bytes:
    """Return a record; `flag` is leader position 9."""
    directory, data = b"", b""
    for tag, value in fields:
        directory += b"%b%04d%05d" % (tag.encode(), len(value) + 1, len(data))
        data += value + b"\x1e"
    base = 24 + len(directory) + 1
    length = base + len(data) + 1
    return (
        b"%05dnam %b22%05d a 4500" % (min(length, 99_999), flag, base) + directory + b"\x1e" + data + b"\x1d"
    )


def numbered(count: int) -> list[bytes]:
    """Return that many records with the control numbers n1, n2, …."""
    return [marc_bytes([("001", b"n%d" % n), *GATSBY[1:]]) for n in range(1, count + 1)]
