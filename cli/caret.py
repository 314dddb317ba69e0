"""Point at a place in a line of text."""

from cli.columns import columns

_WINDOW = 76


def underline(text: str, position: int) -> str:
    """Return the text and, under it, a caret at `position`; of a long text only what surrounds it."""
    flat = "".join(letter if letter.isprintable() or not columns(letter) else " " for letter in text)
    start = max(0, min(position - _WINDOW // 2, len(flat) - _WINDOW))
    shown = flat[start : start + _WINDOW]
    before = "…" if start else ""
    after = "…" if start + _WINDOW < len(flat) else ""
    indent = columns(before + shown[: position - start])
    return f"  {before}{shown}{after}\n  {' ' * indent}^"
