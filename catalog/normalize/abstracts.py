"""Abstracts without the heading that a conversion glued to their first word."""

import re

# JATS and HTML abstracts begin with a heading; as text it stands before the first sentence, whose capital
# tells it from "Abstract thinking is …". Seen throughout DOAJ.
_HEADING = re.compile(
    r"^(?:(?:ABSTRACT|SUMMARY|RESUMEN|RESUMO|RÉSUMÉ|ZUSAMMENFASSUNG)\b[\s.:–—-]+"
    r"|(?:Abstract|Summary|Resumen|Resumo|Résumé|Riassunto|Zusammenfassung|Аннотация|Резюме)"
    r"(?:\s*[.:–—]\s*|\s+(?=[A-ZÀ-ÖØ-ÞА-Я0-9\"“«(][\w\s,.’'-])))"
    r"(?=\S)"
)


def without_heading(abstract: str | None) -> str | None:
    """Return the abstract without a leading `Abstract`, as in `Abstract Background This study …`."""
    return _HEADING.sub("", abstract, count=1) if abstract else abstract
