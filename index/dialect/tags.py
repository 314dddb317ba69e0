"""The field tags of other databases and what they are here: one table for translating and for hints."""

from typing import Literal, NamedTuple

Kind = Literal["text", "heading", "author", "year", "language", "type", "value", "filter"]


class Tag(NamedTuple):
    """What a tag asks for.

    `fields` are ours, commas between, empty for the usual ones; `names` are tags of other systems, in lower
    case; `message` says what has no equal here.
    """

    kind: Kind
    fields: str
    names: tuple[str, ...] = ()
    message: str = ""


def _tag(kind: Kind, fields: str, names: str, message: str = "") -> Tag:
    return Tag(kind, fields, tuple(names.split(", ")), message)


_HEADINGS = "keyword,subject"
MAIN_TOPIC = "whether it is the main topic is not known"
_AS_WORDS = "headings are looked for as words in keywords and subjects"

TAGS = (
    _tag("text", "title", "ti, title, article title, tt, transliterated title"),
    _tag("text", "abstract", "ab, abs, abstract"),
    _tag("text", "tiab", "tiab, title/abstract, title-abs, xb"),
    _tag("text", "tikwab", "ts, noft, title-abs-key, title-abs-key-auth, topic"),
    _tag("text", "title,abstract,keyword,subject", "tw, mp, text word, text words"),
    _tag("text", "keyword", "kw, kf, ot, ak, kp, key, id, authkey, other term, other terms"),
    _tag("text", _HEADINGS, "hw, indexterms, su, wc, subject, nm, rn, rw, tn, dm, ox, px"),
    _tag("heading", _HEADINGS, "mesh, mesh terms, mesh term, mh, de, sh, exp, fs, zu", _AS_WORDS),
    _tag("text", _HEADINGS, "supplementary concept, substance name, pharmacological action, pa"),
    _tag("heading", _HEADINGS, "mesh subheading, subheading, xs", _AS_WORDS),
    _tag("heading", _HEADINGS, "majr, mesh major topic, mm, mj", f"{_AS_WORDS}; {MAIN_TOPIC}"),
    _tag(
        "author",
        "author",
        "au, auth, author, authors, fau, 1au, author - first, author - last, cn",
    ),
    _tag("text", "journal", "ta, jn, jo, so, jt, jw, nj, journal, jour, srctitle, exactsrctitle"),
    _tag("text", "affiliation", "ad, affil, affiliation, in, og, oo"),
    _tag("text", "publisher", "pb, publisher"),
    _tag("year", "year", "dp, pdat, py, pubyear, date - publication, publication date, yr, fpy, year"),
    _tag("year", "year", "edat, crdt, ppdat, epdat, date - entry, date - create, mhda, ez, dcom, lr"),
    _tag("language", "language", "la, language, lang, lg"),
    _tag("type", "type", "pt, dt, publication type, ptyp, doctype, it, zt, md"),
    _tag("value", "doi", "doi, do"),
    _tag("value", "issn", "is, issn"),
    _tag("value", "isbn", "isbn, ib"),
    _tag("value", "id", "pmid, pm, pmcid, uid, ut, ui, an, eid, lid, aid"),
    _tag("text", "", "all, af, all fields, tx, ft"),
    _tag("filter", "", "sb, filter, subset, lim, ag, po, st, stat"),
)
"""Every tag known; what a tag means in one system alone is in that system's dialect."""

BY_NAME = {name: tag for tag in TAGS for name in tag.names}

USUAL = Tag("text", "")
"""What names no field looks in the usual ones."""
