"""The MARC relator code of a role: https://www.loc.gov/marc/relators/."""

from functools import cache

from catalog.codes import table


def relator_code(role: str) -> str | None:
    """Return the code that says a role best, the one whose own term it is; None where there is none."""
    return _codes().get(role)


@cache
def _codes() -> dict[str, str]:
    relators = table("relators")
    found: dict[str, str] = {}
    for code, term in relators["codes"].items():
        role = relators["csl"].get(term, term)
        if term == role or role not in found:
            found[role] = code
    return found
