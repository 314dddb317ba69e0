"""Each database's rules, one by one: order of operators, distances, wildcards, tags, headings, limits."""

import pytest

from catalog.errors import QueryError, UsageFault
from index.dialect.table import DIALECTS
from index.dialect.translate import translate

ORDER = {
    # pubmed.ncbi.nlm.nih.gov/help: from the left
    "pubmed": ("a1[ti] OR b1[ti] AND c1[ti]", 'title:(("a1" OR "b1") AND "c1")'),
    "pubmed not": ("a1[ti] NOT b1[ti] OR c1[ti]", 'title:(("a1" NOT "b1") OR "c1")'),
    "ovid": ("a1 or b1 and c1", '"a1" OR ("b1" AND "c1")'),
    "ovid not": ("a1 and b1 not c1", '"a1" AND "b1" NOT "c1"'),
    "wos": ("a1 OR b1 AND c1", "a1 OR (b1 AND c1)"),
    "wos not": ("a1 AND b1 NOT c1 AND d1", "a1 AND b1 NOT c1 AND d1"),
    # OR binds tighter than AND in Scopus, AND NOT loosest of all
    "scopus": ("a1 OR b1 AND c1", "(a1 OR b1) AND c1"),
    "scopus not": ("a1 AND NOT b1 OR c1", "a1 NOT (b1 OR c1)"),
    "scopus not and": ("a1 AND NOT b1 AND c1", "a1 NOT (b1 AND c1)"),
    "ebsco": ("a1 OR b1 AND c1", "a1 OR (b1 AND c1)"),
    "embase": ("a1 OR b1 AND c1", '("a1" OR "b1") AND "c1"'),
    "cochrane": ("a1 or b1 and c1", '"a1" OR ("b1" AND "c1")'),
    "scopus or near": ("a1 W/2 b1 OR c1", "a1 NEAR/2 (b1 OR c1)"),
    "wos or near": ("a1 NEAR/2 b1 OR c1", "(a1 NEAR/2 b1) OR c1"),
}

DISTANCES = {
    "ovid": ("a1 adj3 b1", '"a1" NEAR/2 "b1"'),
    "ovid next": ("a1 adj b1", '"a1" W/0 "b1"'),
    "ovid one": ("a1 adj1 b1", '"a1" NEAR/0 "b1"'),
    "wos": ("a1 NEAR/3 b1", "a1 NEAR/3 b1"),
    "wos bare": ("a1 NEAR b1", "a1 NEAR/15 b1"),
    "wos pre": ("a1 PRE/3 b1", "a1 W/3 b1"),
    "scopus": ("a1 W/3 b1", "a1 NEAR/3 b1"),
    "scopus pre": ("a1 PRE/0 b1", "a1 W/0 b1"),
    "ebsco": ("a1 N3 b1", "a1 NEAR/3 b1"),
    "ebsco w": ("a1 W3 b1", "a1 W/3 b1"),
    "embase": ("a1 NEAR/3 b1", '"a1" NEAR/2 "b1"'),
    "embase next": ("a1 NEXT/1 b1", '"a1" W/0 "b1"'),
    "cochrane": ("a1 near/3 b1", '"a1" NEAR/2 "b1"'),
    "cochrane next": ("a1 next b1", '"a1" W/0 "b1"'),
    "pubmed": ('"a1 b1"[tiab:~3]', 'tiab:("a1" NEAR/3 "b1")'),
    "ovid chain": ("a1 adj3 b1 adj3 c1", '("a1" NEAR/2 "b1") NEAR/2 "c1"'),
}

WILDCARDS = {
    "pubmed": ("depress*[ti]", "title:depress*"),
    "ovid any": ("depress$", "depress*"),
    "ovid at most": ("dog$1", '"dog" OR dog?'),
    "ovid star at most": ("dogs*2", '"dogs" OR dogs? OR dogs??'),
    "ovid one": ("wom#n", "wom?n"),
    "ovid maybe": ("colo?r", '"color" OR colo?r'),
    "ovid in a phrase": ("social colo?r$", '"social color*" OR "social colo?r*"'),
    "wos one": ("wom?n", "wom?n"),
    "wos maybe": ("colo$r", "color OR colo?r"),
    "scopus one": ("wom?n", "wom?n"),
    "ebsco maybe": ("colo#r", "color OR colo?r"),
    "embase maybe": ("colo$r", '"color" OR colo?r'),
    "cochrane phrase": ('"lay worker*"', '"lay worker*"'),
    "ovid many letters": ("peer$25", "peer*"),
}

WORDS = {
    "pubmed tagged": ("peer support[ti]", 'title:"peer support"'),
    "pubmed untagged": ("peer support", '"peer" AND "support"'),
    "ovid": ("peer support.ti.", 'title:"peer support"'),
    "ovid with a number": ("type 2 diabetes.ti.", 'title:"type 2 diabetes"'),
    "wos": ("TI=(peer support)", "title:(peer AND support)"),
    "wos author": ("AU=(Smith J)", 'author:"Smith"'),
    "scopus": ("TITLE(peer support OR aid)", "title:(peer AND (support OR aid))"),
    "ebsco": ("TI peer support", 'title:"peer support"'),
    "ebsco numeral": ("TI phase II trials", 'title:"phase II trials"'),
    "wos printed": ('TOPIC: ("peer support")', 'tikwab:"peer support"'),
    "embase": ("'peer support':ti", 'title:"peer support"'),
    "cochrane": ("peer support", '"peer" AND "support"'),
    "scopus braces": ("TITLE({peer-support})", 'title:"peer-support"'),
    "pubmed quoted operator": ('"OR"[ti]', 'title:"OR"'),
    "pubmed smart quotes": ("“peer support”[ti]", 'title:"peer support"'),
    "pubmed no blanks": ("(peer[ti])AND(lay[ti])", 'title:("peer" AND "lay")'),
    "ovid one tag for both sides": ("peer adj2 support.ti.", 'title:("peer" NEAR/1 "support")'),
    "embase unquoted": ("crohn's:ti", 'title:"crohn\'s"'),
}

LINES = {
    "pubmed": ("#1 OR (#2 AND #3)", "#1 OR (#2 AND #3)"),
    "ovid": ("(1 or 2) and 13", "(#1 OR #2) AND #13"),
    "ovid range": ("or/1-3,7", "#1 OR #2 OR #3 OR #7"),
    "ovid range inside": ("(or/1-3) and 5", "(#1 OR #2 OR #3) AND #5"),
    "wos": ("#3 AND #2", "#3 AND #2"),
    "ebsco": ("S1 AND (S2 OR S3)", "#1 AND (#2 OR #3)"),
    "embase": ("#1 OR #2 AND #3", "(#1 OR #2) AND #3"),
    "cochrane": ("{or #1-#3} and #6", "(#1 OR #2 OR #3) AND #6"),
    "pubmed printed": (
        "Search: #1 AND #2 Filters: English, from 2010 - 2020",
        "#1 AND #2 AND language:English AND year:2010-2020",
    ),
    "wos printed": ("#1 AND #2 Date Run: Mon Results: 1234", "#1 AND #2"),
    "cochrane not": ("#1 and not #2", "#1 NOT #2"),
}

YEARS = {
    "pubmed": ("2010:2020[dp]", "year:2010-2020"),
    "pubmed open": ('"2010/01/01"[PDAT] : "3000"[PDAT]', "year:2010-"),
    "ovid": ('limit 5 to yr="2010 -Current"', "#5 AND year:2010-"),
    "ovid both": ('limit 5 to yr="2010 - 2020"', "#5 AND year:2010-2020"),
    "ovid dates": ("limit 3 to ed=20100101-20201231", "#3 AND year:2010-2020"),
    "pubmed compact": ("20190315[dp]", "year:2019"),
    "wos dates": ("DOP=2015-01-01/2020-12-31", "year:2015-2020"),
    "ovid decades": ("(201* or 202*).dp.", "year:(2010-2019 OR 2020-2029)"),
    "wos": ("PY=(2010-2020)", "year:2010-2020"),
    "wos printed": ("#1 Timespan=2010-2020", "#1 AND year:2010-2020"),
    "scopus": ("PUBYEAR > 2009 AND PUBYEAR < 2021", "year:(2010- AND -2020)"),
    "scopus is": ("PUBYEAR IS 2010", "year:2010"),
    "ebsco": ("PY 2010-2020", "year:2010-2020"),
    "ebsco printed": ("S1 Limiters - Published Date: 20100101-20201231", "#1 AND year:2010-2020"),
    "embase": ("[2010-2020]/py", "year:2010-2020"),
    "embase tag": ("2010:py OR 2011:py", "year:(2010 OR 2011)"),
    "cochrane date": (
        "#1 with Cochrane Library publication date Between Jan 2010 and Dec 2020",
        "#1 AND year:2010-2020",
    ),
    "cochrane": ("#1 with Publication Year from 2010 to 2020", "#1 AND year:2010-2020"),
}

HEADINGS = {
    "pubmed": ('"Peer Group"[Mesh]', 'keyword,subject:"Peer Group"'),
    "ovid": ("exp Peer Group/", 'keyword,subject:"Peer Group"'),
    "ovid quoted": ('exp *"Quality of Life"/', 'keyword,subject:"Quality of Life"'),
    "ovid subheading": ("Depression/dt, th [Drug Therapy, Therapy]", 'keyword,subject:"Depression"'),
    "ebsco": ('MH "Peer Group+"', 'keyword,subject:"Peer Group"'),
    "embase": ("'peer group'/exp/mj", 'keyword,subject:"peer group"'),
    "cochrane": ('[mh "Peer Group"]', 'keyword,subject:"Peer Group"'),
    "cochrane printed": (
        "MeSH descriptor: [Peer Group] explode all trees",
        'keyword,subject:"Peer Group"',
    ),
    "pubmed inverted": (
        '"Depression, Postpartum"[mh]',
        'keyword,subject:("Depression, Postpartum" OR "Postpartum Depression")',
    ),
}

RULES = {
    f"{kind}: {name}": (name.split()[0], *pair)
    for kind, table in {
        "order": ORDER,
        "distance": DISTANCES,
        "wildcard": WILDCARDS,
        "words": WORDS,
        "lines": LINES,
        "years": YEARS,
        "heading": HEADINGS,
    }.items()
    for name, pair in table.items()
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule(name: str) -> None:
    dialect, text, ours = RULES[name]

    assert translate(text, dialect).text == ours


LOSSES = {
    ("pubmed", '"Peer Group"[Mesh]'): "those below it in the tree are not added",
    ("pubmed", '"Peer Group"[Mesh:NoExp]'): "headings are looked for as words",
    ("pubmed", '"Peer Group"[Majr]'): "main topic",
    ("pubmed", '"Depression/therapy"[Mesh]'): "subheading was left out",
    ("pubmed", "depression"): "adds headings and synonyms",
    ("pubmed", "peer support[tiab]"): "falls back to AND",
    ("pubmed", "peer[ti] or lay[ti]"): "capitals",
    ("pubmed", "2015/03:2016/02[dp]"): "months and days were left out",
    ("pubmed", '"2015 Mar"[dp]'): "months and days were left out",
    ("pubmed", '"a1 b1 c1"[ti:~4]'): "between each two",
    ("pubmed", "Smith JA[au]"): "initials are not compared",
    ("pubmed", "clinical trial[pt]"): "looked for as words in title",
    ("pubmed", "#1 AND humans[Filter]"): "no such limit",
    ("ovid", "exp Peer Group/"): "those below it",
    ("ovid", "*Peer Group/"): "main topic",
    ("ovid", "Depression/th"): "subheading was left out",
    ("ovid", "drug therapy.fs."): "headings are looked for as words",
    ("ovid", "limit 5 to humans"): "no such limit",
    ("ovid", "limit 5 to english language"): "language is not known",
    ("ovid", "remove duplicates from 5"): "doubles are not removed",
    ("ovid", "peer.ab. /freq=2"): "how often",
    ("ovid", "peer.mp. [mp=title, abstract]"): "explanation",
    ("ovid", "peer.ti,cp."): "no field for cp",
    ("ovid", "peer.tx."): "full text is not searched",
    ("wos", "peer SAME support"): "same sentence",
    ("wos", "#1 Indexes=SCI-EXPANDED"): "no such limit",
    ("scopus", "TITLE(peer) AND SUBJAREA(MEDI)"): "no such limit",
    ("ebsco", "S1 Expanders - Apply equivalent subjects"): "no such limit",
    ("embase", "#1 AND [embase]/lim"): "no such limit",
    ("cochrane", "peer:ti in Trials"): "no such limit",
    ("cochrane", "peer:ti (Word variations have been searched)"): "explanation",
}


@pytest.mark.parametrize(("dialect", "text"), LOSSES)
def test_what_has_no_equal_is_named(dialect: str, text: str) -> None:
    losses = translate(text, dialect).losses

    assert any(LOSSES[dialect, text] in loss.message for loss in losses)
    for loss in losses:
        assert text[loss.position :].startswith(loss.written)
        assert str(loss) == f"{loss.written}: {loss.message}"


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        ("pubmed", '"peer support"[tiab] AND self-help[ti]'),
        ("ovid", "(peer adj3 support*).ti,ab. or wom#n.ab."),
        ("wos", 'TS=("peer support*" NEAR/3 lay) AND PY=2010'),
        ("scopus", "TITLE-ABS-KEY(peer PRE/2 support) AND NOT TITLE(lay)"),
        ("ebsco", "TI (peer N3 support) OR S2"),
        ("embase", "(peer NEXT/2 support):ti,ab"),
        ("cochrane", "(peer near/2 support):ti,ab,kw and #2"),
    ],
)
def test_what_has_an_equal_is_no_loss(dialect: str, text: str) -> None:
    assert translate(text, dialect).losses == ()


REFUSED = {
    ("pubmed", "peer[tiab] AND ‸a*[tiab]"): "too few letters",
    ("pubmed", "‸[tiab]"): "needs something before it",
    ("pubmed", "peer‸[nonsense]"): "nonsense is no field of PubMed",
    ("pubmed", "peer[ti] ‸NEAR/3 lay[ti]"): "no sign of PubMed",
    ("pubmed", "‸(peer[tiab]"): "never closed",
    ("pubmed", "peer[tiab]‸)"): "never opened",
    ("pubmed", '‸"peer[tiab]'): "never closed",
    ("pubmed", "peer‸[tiab"): "never closed",
    ("pubmed", "peer[tiab] ‸AND"): "needs something behind it",
    ("pubmed", "‸#1[tiab]"): "has its own fields",
    ("pubmed", "‸free full text[sb]"): "nothing is left",
    ("pubmed", "peer[ti] ‸: lay[ti]"): "only dates can be a range",
    ("pubmed", "‸last year[dp]"): "no year",
    ("ovid", "peer adj3 ‸(a1 and b1)"): "proximity joins",
    ("ovid", "‸or/9-3"): "runs backwards",
    ("ovid", "peer adj3 ‸TS=lay"): "no sign of Ovid",
    ("wos", "TS=(‸*natal)"): "cannot come first",
    ("wos", "‸CU=Brazil"): "no sign of Web of Science",
    ("scopus", "‸REF(smith)"): "no field of Scopus",
    ("ebsco", '‸ZZ "peer"'): "no field of EBSCOhost",
    ("ebsco", "TI peer AND ‸RV Y"): "rv is no field of EBSCOhost",
    ("embase", "peer‸:xx"): "no field of Embase",
    ("embase", "‸'peer"): "never closed",
    ("cochrane", "peer ‸()"): "nothing in these brackets",
    ("scopus", "‸TITLE(a1) W/3 ABS(b1)"): "same fields",
    ("pubmed", "‸klingonese[la]"): "no language",
    ("pubmed", f"‸{'(' * 61}peer{')' * 61}"): "nested too deeply",
}


@pytest.mark.parametrize(("dialect", "text"), REFUSED)
def test_what_cannot_be_run_is_refused_at_its_place(dialect: str, text: str) -> None:
    before, _, behind = text.partition("‸")
    with pytest.raises(QueryError, match=REFUSED[dialect, text]) as caught:
        translate(before + behind, dialect)

    if "nested" not in caught.value.message:
        assert (before + behind)[caught.value.position :] == behind


def test_an_unknown_dialect() -> None:
    with pytest.raises(UsageFault, match="no dialect proquest") as caught:
        translate("peer", "proquest")

    assert "pubmed" in (caught.value.hint or "")


@pytest.mark.parametrize("name", DIALECTS)
def test_every_dialect_says_where_its_rules_are_written(name: str) -> None:
    assert all(source.startswith("http") for source in DIALECTS[name].sources)
    assert DIALECTS[name].sources
