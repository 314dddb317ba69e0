"""The one form in which a value field is indexed and asked for."""

_IDENTIFIERS = frozenset({"doi", "issn", "isbn", "orcid"})
_LANGUAGES = frozenset({"language", "declared"})


def normal(field: str, text: str) -> str | None:
    """Return a value as the index holds it, None when it cannot be a value of that field.

    DOI, ISSN, ISBN, ORCID iD and languages take their normal forms, also a DOI given as an `id`; class
    codes are upper case without blanks; everything else is folded for case and blanks.
    """
    # Imported late: the normalisers load tables that a search for words never needs.
    if field in _IDENTIFIERS:
        from catalog.normalize import identifiers

        forms = {
            "doi": identifiers.doi,
            "issn": identifiers.issn,
            "isbn": identifiers.isbn,
            "orcid": identifiers.orcid,
        }
        return forms[field](text)
    if field in _LANGUAGES:
        from catalog.normalize import languages

        return languages.language(text)
    if field == "lcc":
        return "".join(text.upper().split()) or None
    if field == "id" and "10." in text and (doi := normal("doi", text)):
        return doi
    return " ".join(text.casefold().split()) or None
