"""The databases whose queries are read, as data: their signs, their order of operators, their wildcards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from index.dialect.tags import BY_NAME, Tag

Wild = Literal["any", "one", "maybe"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """One database's language.

    `signs` are tried in order wherever a token begins: a kind and a pattern. `tiers` are the operators, those
    that bind tightest first; what stands in one tier is read from the left. `beside` is what words side by
    side mean, `stems` whether an unquoted word stands for its forms, `steps` whether NEAR/n counts steps
    (n − 1 words between) and not the words between. `wildcards` may be followed by a number if `limited`.
    `explodes`: a heading brings those below it along unless it says otherwise; `capitals`: operators are
    written so; `bare_near` is how far NEAR without a number reaches. `untagged` and `phrased` are what is
    said of words without a tag and of words side by side without quotes, `own` tags that mean something
    else elsewhere, `sources` where the rules are written.
    """

    title: str
    signs: tuple[tuple[str, str], ...]
    tiers: tuple[frozenset[str], ...]
    wildcards: Mapping[str, Wild]
    beside: Literal["phrase", "and"] = "and"
    stems: bool = False
    steps: bool = False
    limited: bool = False
    explodes: bool = False
    capitals: bool = False
    bare_near: int = 1
    untagged: str = ""
    phrased: str = ""
    own: Mapping[str, Tag] = field(default_factory=dict)
    sources: tuple[str, ...] = ()


def _tiers(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(tier.split()) for tier in text.split(">"))


_END = r"(?![\w*?$#'’-])"
_BOOLEAN = ("operator", rf"(?i:(?P<op>and\s+not|and|or|not)){_END}")
_OPENING = (("open", r"\("), ("close", r"\)"))
_QUOTED = ("quoted", r'"(?P<text>[^"]*)"')
_LINE = ("line", r"#(?P<number>\d+)(?![\w-])")
_WORD = ("word", r"[^\s()\"]+")


def _unnamed(pattern: str) -> str:
    return pattern.replace("(?P<tags>", "(?:")


# Any two letters: those that no database has are an error of their own, and not a word.
_TAGS = r"(?P<tags>[a-z]{2}(?:\s*,\s*[a-z]{2})*)"
_DOTTED = rf"(?i:\.{_TAGS})(?:\.(?!\w)|(?=[\s)\]]|$))"
_COLON = rf"(?i::{_TAGS})(?![\w:])"
# Ovid's and MeSH's two-letter subheadings, as in Depression/dt, th
_SUBHEADING = r"[a-z]{2}(?:\s*,\s*[a-z]{2})*(?:\s*\[[^\]]*\])?(?![\w*])"

PUBMED = Dialect(
    title="PubMed",
    signs=(
        *_OPENING,
        ("comment", r"^Search(?::|(?=\s*[(\"#]))"),
        ("has", r"(?i)hasabstract(?:\s*\[text\])?(?!\w)"),
        ("settings", r"(?P<op>Filters|Sort by)\s*:\s*(?P<text>.+?)(?=(?:Filters|Sort by)\s*:|$)"),
        ("tag", r"\[(?P<tags>[^\]:~]+)(?::\s*~(?P<distance>\d+)|:(?P<mark>\w+))?\]"),
        ("to", r":(?=\s|\"|\d)"),
        _BOOLEAN,
        _LINE,
        _QUOTED,
        ("word", r"(?:[^\s()\"\[\]:]|:(?=\d))+"),
    ),
    tiers=_tiers("AND OR NOT"),
    wildcards={"*": "any"},
    beside="phrase",
    explodes=True,
    capitals=True,
    untagged="PubMed adds headings and synonyms to what has no tag: the usual fields are searched",
    phrased="PubMed falls back to AND where it knows no such phrase: here it is a phrase",
    sources=("https://pubmed.ncbi.nlm.nih.gov/help/", "http://nnlm.gov/psr/lat/v7n2/pubmedrules.html"),
)

OVID = Dialect(
    title="Ovid",
    signs=(
        *_OPENING,
        ("limit", r"(?i)limit\s+(?P<number>\d+)\s+to\s+(?P<text>.+)"),
        ("repeat", r"(?i)remove\s+duplicates\s+from\s+(?P<number>\d+)"),
        ("lines", r"(?i)(?P<op>and|or)/(?P<text>\d+(?:\s*[-,]\s*\d+)*)"),
        ("near", r"(?i)adj(?P<n>\d*)(?![\w*?$#.,-])"),
        ("left", r"(?i)use\s+[a-z]{3,}(?=\s*(?:$|\)))"),
        ("frequency", r"(?i)/freq\s*=\s*\d+"),
        ("comment", r"\[[^\]]*\]"),
        ("tag", _DOTTED),
        ("heading", rf"/(?:{_SUBHEADING}|(?=[\s)\],]|$))"),
        _BOOLEAN,
        ("mesh", rf"(?i)(?P<mark>(?:exp\s+)?\*?)\s*\"(?P<text>[^\"]+)\"(?P<below>/(?:{_SUBHEADING})?)"),
        ("line", r"(?P<number>\d{1,3})(?=[\s)]|$)"),
        _LINE,
        _QUOTED,
        (
            "word",
            rf"(?:(?!{_unnamed(_DOTTED)})(?!/(?:{_SUBHEADING}|[\s)\],]|$))(?!/freq)[^\s()\"])+",
        ),
    ),
    tiers=_tiers("NEAR > AND NOT > OR"),
    wildcards={"*": "any", "$": "any", ":": "any", "#": "one", "?": "maybe"},
    beside="phrase",
    steps=True,
    limited=True,
    own={
        "dt": BY_NAME["year"],
        "ed": BY_NAME["year"],
        "ep": BY_NAME["year"],
        "up": BY_NAME["year"],
        "da": BY_NAME["year"],
        "tx": Tag("text", "", message="full text is not searched: the usual fields are"),
    },
    sources=(
        "http://www.ovid.com/site/help/documentation/ovidsp/en/syntax.htm",
        "https://tools.ovid.com/ovidgo/searches/training.php",
    ),
)

_WOS_REMARK = ("comment", r"(?i)(?:Date Run|Results)\s*:.*?(?=Results\s*:|$)")
_WOS_TAG = "TS|TI|AB|AU|AI|SO|PY|FPY|AK|KP|DE|ALL|SU|WC|DO|DT|LA|AD|OG|OO|IS|PMID|UT|DOP|PUBL|GP|ED|CF"
_WOS_SETTING = "Timespan|Indexes|Databases|Editions|Refined by"
WEB_OF_SCIENCE = Dialect(
    title="Web of Science",
    signs=(
        *_OPENING,
        _WOS_REMARK,
        ("settings", rf"(?i)(?P<op>{_WOS_SETTING})\s*[=:]\s*(?P<text>.+?)(?=(?:{_WOS_SETTING})\s*[=:]|$)"),
        ("prefix", rf"(?i)(?P<tags>{_WOS_TAG})\s*=\s*"),
        ("prefix", r"(?i)(?P<tags>TOPIC|TITLE|AUTHOR|LANGUAGE|DOCUMENT TYPES)\s*:\s*"),
        ("near", r"(?i)(?:NEAR/(?P<n>\d+)|NEAR(?=[\s(\"]))(?![\w*])"),
        ("same", rf"(?i)SAME{_END}"),
        ("ahead", r"(?i)PRE/(?P<n>\d+)(?![\w*])"),
        _BOOLEAN,
        _LINE,
        _QUOTED,
        _WORD,
    ),
    tiers=_tiers("NEAR > SAME > NOT > AND > OR"),
    wildcards={"*": "any", "?": "one", "$": "maybe"},
    stems=True,
    bare_near=15,
    own={
        "de": BY_NAME["kw"],
        "dop": BY_NAME["py"],
        "document types": BY_NAME["pt"],
        "publ": BY_NAME["pb"],
        "gp": BY_NAME["cn"],
        "ai": BY_NAME["au"],
        "ed": BY_NAME["au"],
        "cf": Tag("text", "note", message="conferences are looked for in the notes"),
    },
    sources=(
        "https://webofscience.help.clarivate.com/Content/search-operators.html",
        "https://webofscience.help.clarivate.com/Content/search-rules.htm",
        "https://images.webofknowledge.com/WOKRS529AR7/help/TCT/ht_operators.html",
    ),
)

_SCOPUS_TAG = (
    "TITLE-ABS-KEY-AUTH|TITLE-ABS-KEY|TITLE-ABS|TITLE|ABS|KEY|AUTHKEY|INDEXTERMS|AUTH|AUTHLASTNAME|FIRSTAUTH|AFFIL"
    "|SRCTITLE|EXACTSRCTITLE|DOCTYPE|LANGUAGE|DOI|ISSN|ISBN|PMID|EID|ALL"
)
SCOPUS = Dialect(
    title="Scopus",
    signs=(
        *_OPENING,
        ("year", r"(?i)PUBYEAR\s*(?P<sign>=|>|<|AFT|BEF|IS)\s*(?P<year>\d{4})"),
        ("only", r"(?i)(?P<op>LIMIT-TO|EXCLUDE)\s*\(\s*(?P<tags>\w+)\s*,\s*\"?(?P<text>[^\")]*)\"?\s*\)"),
        ("left", r"(?i)(?:SUBJAREA|OPENACCESS|FUND-\w+|PUBSTAGE|SRCTYPE)\s*\([^)]*\)"),
        ("prefix", rf"(?i)(?P<tags>{_SCOPUS_TAG})\s*(?=\()"),
        ("near", r"(?i)W/(?P<n>\d+)(?![\w*])"),
        ("ahead", r"(?i)PRE/(?P<n>\d+)(?![\w*])"),
        _BOOLEAN,
        ("prefix", r"(?P<tags>[A-Z][A-Z-]{2,})(?=\()"),
        _LINE,
        _QUOTED,
        ("quoted", r"\{(?P<text>[^}]*)\}"),
        ("word", r"[^\s()\"{}]+"),
    ),
    tiers=_tiers("OR > NEAR > AND > NOT"),
    wildcards={"*": "any", "?": "one"},
    stems=True,
    own={"firstauth": BY_NAME["au"], "authlastname": BY_NAME["au"]},
    sources=(
        "http://help.scopus.com/robo/projects/schelp/h_bscssrchboolop.htm",
        "http://help.scopus.com/robo/projects/schelp/h_bscssrchFASTprox.htm",
        "https://libguides.oulu.fi/c.php?g=713870&p=5164251",
    ),
)

_EBSCO_TAG = "TI|AB|SU|MH|MM|MJ|DE|TX|AU|SO|JN|KW|PT|ZT|DT|PY|LA|AF|IS|XB|MW|ID|AN|PB"
_SETTING = "Limiters|Expanders|Search modes"
EBSCO = Dialect(
    title="EBSCOhost",
    signs=(
        *_OPENING,
        (
            "settings",
            rf"(?i)(?P<op>{_SETTING})\s+-\s+(?P<text>.+?)(?=(?:{_SETTING})\s+-|$)",
        ),
        (
            "prefix",
            rf"(?!(?:OR|II|IV|VI)\b)(?P<tags>(?:{_EBSCO_TAG})(?=[\s(\"])|[A-Z]{{2}}(?=\s*[(\"]|\s+\w))(?!\s*(?:AND|OR|NOT)\b)\s*",
        ),
        ("near", r"[Nn](?P<n>\d+)(?![\w*])"),
        ("ahead", r"[Ww](?P<n>\d+)(?![\w*])"),
        _BOOLEAN,
        ("line", r"[Ss](?P<number>\d+)(?![\w*-])"),
        _LINE,
        _QUOTED,
        _WORD,
    ),
    tiers=_tiers("NEAR > AND NOT > OR"),
    wildcards={"*": "any", "?": "one", "#": "maybe"},
    beside="phrase",
    stems=True,
    own={
        "dt": BY_NAME["py"],
        "mw": BY_NAME["hw"],
        "af": BY_NAME["ad"],
        "tx": Tag("text", "", message="full text is not searched: the usual fields are"),
    },
    sources=(
        "https://help.ebsco.com/interfaces/EBSCO_Discovery_Service/EDS_User_Guide/Wildcard_Searches_in_EDS",
        "http://support.epnet.com/knowledge_base/detail.php?topic=999&id=3883&page=1",
        "http://libguides.oulu.fi/databaseguides/ebsco",
    ),
)

_SINGLE = ("quoted", r"'(?P<text>[^']*)'")
EMBASE = Dialect(
    title="Embase",
    signs=(
        *_OPENING,
        ("year", r"\[(?P<low>\d{4})?-(?P<high>\d{4})?\]/py"),
        ("year", r"(?P<low>\d{4})(?P<to>-)?(?P<high>\d{4})?:py"),
        ("lim", r"\[(?P<text>[^\]]+)\]/(?:lim|py|sd)"),
        ("tag", _COLON),
        ("heading", r"/(?P<mark>exp/mj|exp|de|mj)(?:/[a-z_]+)?"),
        ("tag", r"/(?P<tags>it|la|au|ad|jt)(?!\w)"),
        ("near", r"(?i)NEAR/(?P<n>\d+)(?![\w*])"),
        ("ahead", r"(?i)NEXT(?:/(?P<n>\d+))?(?![\w*/])"),
        _BOOLEAN,
        _LINE,
        _QUOTED,
        _SINGLE,
        ("word", rf"(?!')(?:(?!{_unnamed(_COLON)})(?!/(?:exp|de|mj|it|la|au|ad|jt)\b)[^\s()\"])+"),
    ),
    tiers=_tiers("NEAR > AND OR NOT"),
    wildcards={"*": "any", "?": "one", "$": "maybe"},
    steps=True,
    sources=(
        "https://www.elsevier.support/embase/answer/can-i-use-boolean-operators-wildcards-and-proximity-operators-in-embase",
        "http://embase.com/info/helpfiles/search-hints/boolean-operators%20",
    ),
)

COCHRANE = Dialect(
    title="Cochrane Library",
    signs=(
        ("comment", r"(?i)\(Word variations have been searched\)"),
        *_OPENING,
        ("mesh", r"(?i)\[\s*mh\s+(?P<mark>\^?)\"?(?P<text>[^\"\[\]/]+)\"?(?:\[mj\])?(?P<below>/[^\[\]]*)?\]"),
        (
            "mesh",
            r"(?i)MeSH descriptor:?\s*\[(?P<text>[^\]]+)\]\s*(?P<mark>explode all trees|this term only)?",
        ),
        ("lines", r"(?i)\{(?P<op>and|or)\s+(?P<text>[#\d,\s-]+)\}"),
        (
            "settings",
            r"(?i)(?P<op>with)\s+(?:Cochrane Library\s+)?(?P<text>publication\s\w+.+?)(?=,?\sin\s|$)",
        ),
        ("left", r"(?i),?\s*in\s+(?:Trials|Cochrane\s+(?:Reviews|Protocols)|Other\s+Reviews)\b.*"),
        ("left", r"(?i)and\s+with\s+qualifier\(s\)\s*:\s*\[[^\]]*\]"),
        ("tag", _COLON),
        ("near", r"(?i)NEAR/?(?P<n>\d*)(?![\w*/])"),
        ("ahead", r"(?i)NEXT(?:/?(?P<n>\d+))?(?![\w*/])"),
        _BOOLEAN,
        _LINE,
        _QUOTED,
        ("word", rf"(?:(?!{_unnamed(_COLON)})[^\s()\"{{}}\[\]])+"),
    ),
    tiers=_tiers("NEAR > NOT > AND > OR"),
    wildcards={"*": "any", "?": "one"},
    steps=True,
    explodes=True,
    bare_near=6,
    sources=("https://cochranelibrary.com/search-manager-help",),
)

DIALECTS = {
    "pubmed": PUBMED,
    "ovid": OVID,
    "wos": WEB_OF_SCIENCE,
    "scopus": SCOPUS,
    "ebsco": EBSCO,
    "embase": EMBASE,
    "cochrane": COCHRANE,
}
"""Every dialect by the name it is asked for."""
