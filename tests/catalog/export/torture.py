"""Records made to break a `.bib` writer, one trouble each."""

from catalog.export import EXPORTERS, Entry, Options
from catalog.record import (
    Container,
    Contributor,
    Identifier,
    Issn,
    Link,
    PartialDate,
    Record,
    RecordType,
    Series,
    Subject,
)

ABSTRACT = "Background: 100% of users & peers {n = 12} said \\ok_ # $5 ~ ^ <b>; p ≤ 0.05."


def exported(form: str, *entries: Entry, **options: object) -> str:
    """Return entries in a format, with any of its options."""
    return "".join(EXPORTERS[form].write(entries, Options()._replace(**options)))  # type: ignore[arg-type]  # any option


def person(name: str, *, role: str = "author", suffix: str | None = None) -> Contributor:
    """`Family, Given` is split, anything else is as printed."""
    family, comma, given = name.partition(", ")
    if not comma:
        return Contributor(literal=name, suffix=suffix, role=role)
    return Contributor(literal=f"{given} {family}", family=family, given=given, suffix=suffix, role=role)


def body(name: str, *, role: str = "author") -> Contributor:
    return Contributor(literal=name, kind="organization", role=role)


def article(  # the parts a case is about are the only ones it names
    title: str | None = "A plain title",
    *names: str | Contributor,
    year: int | None = 2020,
    issued: PartialDate | None = None,
    language: str | None = "en",
    doi: str | None = None,
    url: str | None = None,
    keywords: tuple[str, ...] = (),
    abstract: str | None = None,
    kind: RecordType = "article-journal",
    journal: str | None = "Journal of Things",
    first: str | None = "1",
    last: str | None = "9",
    article_number: str | None = None,
    issns: tuple[Issn, ...] = (),
) -> Record:
    return Record(
        type=kind,
        title=title,
        contributors=tuple(person(n) if isinstance(n, str) else n for n in names),
        issued=issued or (PartialDate(year=year) if year else None),
        container=Container(
            title=journal,
            volume="3",
            issue="2",
            first_page=first,
            last_page=last,
            article_number=article_number,
            issns=issns,
        )
        if journal
        else None,
        identifiers=(Identifier(scheme="doi", value=doi),) if doi else (),
        links=(Link(url=url, kind="fulltext"),) if url else (),
        languages=(language,) if language else (),
        keywords=keywords,
        abstract=abstract,
    )


SEED = Entry(
    "mirbahaeddin2024transcending",
    "seed",
    Record(
        type="article-journal",
        title="Transcending technology boundaries and maintaining sense of community in virtual mental "
        "health peer support: a qualitative study with service providers and users",
        contributors=(person("Elmira Mirbahaeddin"), person("Samia Chreim")),
        issued=PartialDate(year=2024, month=4),
        container=Container(
            title="BMC Health Services Research",
            volume="24",
            issue="1",
            first_page="1",
            last_page="14",
            issns=(Issn(value="1472-6963", medium="electronic"),),
        ),
        publisher="BMC",
        identifiers=(Identifier(scheme="doi", value="10.1186/s12913-024-10943-y"),),
        links=(Link(url="https://doi.org/10.1186/s12913-024-10943-y", kind="fulltext"),),
        languages=("en",),
        keywords=("Mental health", "Peer support", "COVID-19"),
        abstract="This qualitative study explores the experiences of peer support workers.",
    ),
)

_CASES: dict[str, Record] = {
    # letters and signs
    "accents": article(
        "Señor Müller’s naïve café: Žižek, Łódź & İzmir", "Müller, Jürgen", "Łukasiewicz, Ścibor"
    ),
    "specials": article(
        "50% of A&B_C #1 costs $5 {or} ~6^7 \\ 8 <9> |10|",
        "O_Neil, Pat",
        "Smith & Sons, Joe",
        abstract=ABSTRACT,
        doi="10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O_x#1%20&y",
    ),
    "quotes": article('"Quoted" and 5" screens: the "end" of “it” ‘all’', 'Smith, John "Jack"'),
    "mathsigns": article("β-Blockers at ≥5 °C ± 2 µg × 3: ΔF508, α₁ and CO₂ in 10²³ H₂₀ at 𝛽 → ∞", "Roe, R."),
    "blanks": article(
        "No\u00a0break soft\u00adhyphen zero\u200bwidth\u2011hyphen\ttab\x07bell", "van\u00a0Dam, A.\u00a0B."
    ),
    "dashes": article("Before–after — and… so on", "Smith–Jones, Ann‐Marie"),
    "unbalanced": article("An opening { alone", "Roe, R.", abstract="closing } and } and \\{ and %"),
    "backslash": article("The \\alpha and C:\\new\\table", "Roe, R."),
    "damaged": article("Krung Th\ufffdep", "L\ufffdpez, J."),
    "markup": article("Rests of <sub>2</sub> &amp; <mml:math>x</mml:math>", "Roe, R."),
    # capitals
    "capitals": article(
        "iCBT and mRNA for COVID-19 in DSM-5: Results. Part two of hepatitis B in Bangladesh"
    ),
    "titlecase": article(
        "Peer Support Among Kenyan Nurses: The Self-Help Study With a Likert Scale", "Roe, R."
    ),
    "shouting": article("HIV PREVENTION AND CARE AMONG WOMEN", "Roe, R."),
    "ampersandfirst": article("In the market of &Co and AT&T Élan: Über Nurses", "Roe, R."),
    "german": article("Über die Rolle der Peer-Arbeit in Österreich", "Weiß, Jörg", language="de"),
    "germanaccent": article("&Über", "Weiß, Jörg", language="de"),
    # names
    "corporate": article(
        "Guidelines", body("WHO Working Group on Mental Health and Substance Use"), "Roe, R."
    ),
    "corporatecut": article(
        "Städte", body("Städte, Dörfer und Gemeinden"), body("AT&T"), body("Öğretmen Ağı")
    ),
    "corporateaccent": article("Europe", body("Ökumenischer Rat and Friends"), body("β-Group")),
    "particles": article(
        "Particles",
        "van der Berg, Anna",
        "Oliveira, Maria Manuel Lobo Pinto de",
        "d'Arc, Jeanne",
        "Anna van Dijk",
    ),
    "polish": article("Zażółć gęślą jaźń", "Wąsowska, Żaneta", "Żółć, Ścibor-Łukasz", language="pl"),
    "icelandic": article("Þorp og «áð»", "Þórðarson, Davíð", "Đurić, Đorđe", language="is"),
    "initialslast": article(
        "Initials", "Bansal S", "van der Merwe JH", "García López J.-P.", "Wei XU", "J K Rowling"
    ),
    "accentfirst": article("Accents first", "Émile Zola", "Özgür Şahin", "Ágnes-Édua Örkény", "Mařík, Žofie"),
    "suffix": article("Suffix", person("King, Martin", suffix="Jr."), "John Smith III"),
    "andname": article("And", "Ortega and Gasset, José", "And, Tim", "Smith, And"),
    "othersname": article("Others", "Others, Jane", "others, Jim"),
    "etal": article("Et al.", "Roe, R.", "Doe, J.", "et al."),
    "mononym": article("Mononyms", "Suharto", "Pelé", "Sukarno"),
    "commas": article("Commas", Contributor(literal="Smith, John, MD, PhD"), "Roe, R."),
    "oddities": article(
        "Oddities", "Team 7 (UK)", "John & Mary Smith", "a@b.org", "O'Brien, Éamon", "’t Hooft, Gerard"
    ),
    "brackets": article("Brackets", "[Smith], J. (Joe)", "]Doe[, )J(", body("[Union]")),
    "many": article("Three hundred authors", *(f"Family{chr(97 + n % 26)}, Given{n}" for n in range(300))),
    # scripts
    "vietnamese": article("Hỗ tế đồng", "Nguyễn, Thế", "Trần, Đế", language="vi"),
    "turkish": article("Kılıç ve ışık", "Işık, İlker", "Çağlar, Ğ.", language="tr"),
    "romanization": article("Moskovskiĭ i︠a︡zykʹ ʻAbd al-Raḥmān ṣ", "ʻAbd al-Raḥmān, Ṭāhā", "Dostoevskiĭ, Ḟ."),
    # dates
    "norecorddate": article("No year", "Roe, R.", year=None),
    "range": article("Range", "Roe, R.", issued=PartialDate(year=1950, end_year=1955)),
    "circa": article("About", "Roe, R.", issued=PartialDate(year=1890, circa=True)),
    "doubtful": article(
        "Doubtful January", "Roe, R.", issued=PartialDate(year=2015, month=1, month_doubtful=True)
    ),
    "day": article("A day", "Roe, R.", issued=PartialDate(year=2015, month=12, day=31)),
    # pages
    "pageselectronic": article("e12", "Roe, R.", first="e12", last=None),
    "pagessupplement": article("S", "Roe, R.", first="S1", last="S9"),
    "pagesdash": article("Dash", "Roe, R.", first="1897–1930", last=None),
    "pagesshort": article("Short", "Roe, R.", first="123", last="8"),
    "pagescount": article("Count", "Roe, R.", first="1 p.", last=None),
    "pagesnumber": article("Number", "Roe, R.", first=None, last=None, article_number="e0127427"),
    # the rest
    "keywordcomma": article(
        "Keywords", "Roe, R.", keywords=("mental health, community", "C#", "50%", "c#", "a_b", "é")
    ),
    "urlbraces": article("URL", "Roe, R.", url="https://example.org/a b{c}\\d?x=1&y=%20#z_ä~"),
    "twoissn": article(
        "ISSN",
        "Roe, R.",
        issns=(Issn(value="2049-3630", medium="electronic"), Issn(value="0028-0836", medium="print")),
    ),
    "noauthor": article("The title stands alone & first"),
    "noauthornolatin": article("%%%"),
    "nothing": Record(),
    "nojournal": article("No journal", "Roe, R.", journal=None),
    "book": Record(
        type="book",
        title="Self-help groups & peers",
        contributors=(
            person("Gartner, Alan"),
            person("Riessman, Frank", role="editor"),
            person("Doe, J.", role="translator"),
        ),
        issued=PartialDate(year=1984),
        publisher="Human Sciences Press & Søn",
        place="New York",
        edition="2nd ed.",
        extent="xii, 340 p. : ill.",
        series=(Series(title="Springer series #1", volume="12"),),
        identifiers=(Identifier(scheme="isbn", value="9780898851526"),),
        subjects=(Subject(term="Self-help groups", scheme="lcsh"),),
        languages=("en",),
    ),
    "edited": Record(
        type="book",
        title="Edited",
        contributors=(person("Roe, R.", role="editor"),),
        issued=PartialDate(year=2001),
        publisher="P",
        languages=("en",),
    ),
    "booklet": Record(
        type="book", title="A booklet", contributors=(person("Roe, R."),), issued=PartialDate(year=2001)
    ),
    "chapter": article("A chapter", "Roe, R.", kind="chapter", journal="Handbook of Things"),
    "paper": article("A paper", "Roe, R.", kind="conference-paper", journal="Proceedings of Things"),
    "thesis": Record(
        type="thesis",
        title="A thesis",
        contributors=(person("Roe, R."),),
        issued=PartialDate(year=2001),
        publisher="University of Łódź",
        genres=("Ph.D. thesis",),
    ),
    "masters": Record(
        type="thesis",
        title="A thesis",
        contributors=(person("Roe, R."),),
        issued=PartialDate(year=2001),
        publisher="University of Ohio",
        genres=("Master's thesis",),
    ),
    "report": Record(
        type="report",
        title="A report",
        contributors=(body("World Bank"),),
        issued=PartialDate(year=2001),
        publisher="World Bank",
        place="Washington, D.C.",
    ),
    "web": Record(
        type="webpage",
        title="A page",
        contributors=(body("NHS"),),
        issued=PartialDate(year=2001),
        links=(Link(url="https://example.org/%7Ea_b?c=d&e#f", kind="fulltext"),),
    ),
    "dataset": Record(
        type="dataset", title="Data", contributors=(person("Roe, R."),), issued=PartialDate(year=2001)
    ),
    "software": Record(
        type="software", title="Code_x", contributors=(person("Roe, R."),), issued=PartialDate(year=2001)
    ),
    "serial": Record(
        type="periodical",
        title="A journal",
        contributors=(body("Society", role="editor"),),
        issued=PartialDate(year=1950, end_year=1999),
        publisher="P",
        identifiers=(Identifier(scheme="issn", value="0028-0836"),),
    ),
    "film": Record(
        type="motion-picture",
        title="A film",
        contributors=(person("Roe, R.", role="director"),),
        issued=PartialDate(year=2001),
    ),
    "arxiv": Record(
        type="article",
        title="A preprint",
        contributors=(person("Roe, R."),),
        issued=PartialDate(year=2021),
        identifiers=(Identifier(scheme="arxiv", value="2101.00001"), Identifier(scheme="pmid", value="123")),
    ),
}

_OTHER_SCRIPTS: dict[str, Record] = {
    "chinese": article("精神健康同伴支持 & 社区", "李, 小龙", "王小明", "陈 大文", language="zh"),
    "cyrillic": article("Роль равных: «опыт»", "Иванов, Иван", "Пётр Чайковский", language="ru"),
    "arabic": article("دعم الأقران", "محمد علي", "الخوارزمی, محمد", language="ar"),
    "hebrew": article("תמיכת עמיתים", "כהן, דוד", language="he"),
    "persian": article("می\u200cخواهم", "رضایی, علی", language="fa"),
    "devanagari": article("सहकर्मी समर्थन", "शर्मा, राम", language="hi"),
    "greek": article("Ψυχική υγεία και η β", "Παπαδόπουλος, Νίκος", language="el"),
    "hook": article("Cảm ơn", "Phạm, Thảo", language="vi"),
    "emoji": article("Emoji 😀 and ❤️ in chats", "Roe, R."),
}

TORTURE = [SEED, *(Entry(key, f"test:{key}", record) for key, record in _CASES.items())]
"""What pdflatex can set."""

OTHER_SCRIPTS = [Entry(key, f"test:{key}", record) for key, record in _OTHER_SCRIPTS.items()]
"""What it cannot."""
