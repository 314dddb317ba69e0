"""Point at a place in a line of text."""

import unicodedata

_WINDOW = 76


def columns(text: str) -> int:
    """Return how many terminal columns a text takes: wide East Asian letters two, combining marks none."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def underline(text: str, position: int) -> str:
    """Return the text and, under it, a caret at `position`; of a long text only what surrounds it."""
    flat = text.replace("\n", " ").replace("\t", " ")
    start = max(0, min(position - _WINDOW // 2, len(flat) - _WINDOW))
    shown = flat[start : start + _WINDOW]
    before = "…" if start else ""
    after = "…" if start + _WINDOW < len(flat) else ""
    indent = columns(before + shown[: position - start])
    return f"  {before}{shown}{after}\n  {' ' * indent}^"
