"""Field names as typed, and the fields they stand for."""

from index.fields import DEFAULT_FIELDS, FACETS, FIELD_NAMES, FIELDS, GROUPS, FieldKind


def resolve(name: str) -> tuple[str, ...] | None:
    """Return the fields of a name, an alias, a group, or several of them with commas; None when unknown.

    A list (`ti,ab,note`) is of text fields only: their words mean the same in each.
    """
    fields: list[str] = []
    for part in name.casefold().split(","):
        if part in GROUPS:
            fields += GROUPS[part]
        elif part in FIELD_NAMES:
            fields.append(FIELD_NAMES[part].name)
        else:
            return None
    found = tuple(dict.fromkeys(fields))
    return found if len(found) == 1 or all(FIELDS[field].kind == "text" for field in found) else None


def facet(name: str) -> str | None:
    """Return the facet that a field name or alias stands for; None when hits are not counted by it."""
    field = FIELD_NAMES.get(name.casefold())
    return field.name if field and field.name in FACETS else None


def kind(fields: tuple[str, ...]) -> FieldKind:
    """Return what kind of field these are; resolve() never mixes kinds."""
    return FIELDS[fields[0]].kind


def written(fields: tuple[str, ...]) -> str:
    """Return the shortest name that resolves to these fields; empty for the default fields."""
    if fields == DEFAULT_FIELDS:
        return ""
    return next((name for name, group in GROUPS.items() if group == fields), ",".join(fields))


def nearest(name: str) -> str | None:
    """Return the field name most like a mistyped one."""
    import difflib  # only a mistake pays for it

    close = difflib.get_close_matches(name.casefold(), [*FIELD_NAMES, *GROUPS], n=1, cutoff=0.6)
    return close[0] if close else None
