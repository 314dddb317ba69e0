"""Works that the manuals of four styles cite as their examples."""

from collections.abc import Sequence

from catalog.record import Container, Contributor, Identifier, Link, PartialDate, Record, RecordType
from tests.catalog.export.torture import body, person


def people(names: str, role: str = "author") -> tuple[Contributor, ...]:
    return tuple(person(name, role=role) for name in names.split("; "))


def work(
    kind: RecordType,
    title: str,
    who: Sequence[Contributor],
    date: tuple[int, ...] = (),
    *,
    place: Container | None = None,
    publisher: str | None = None,
    city: str | None = None,
    edition: str | None = None,
    doi: str | None = None,
    url: str | None = None,
    genre: str | None = None,
) -> Record:
    parts = dict(zip(("year", "month", "day"), date, strict=False))
    return Record(
        type=kind,
        title=title,
        contributors=tuple(who),
        issued=PartialDate(**parts) if parts else None,
        container=place,
        publisher=publisher,
        place=city,
        edition=edition,
        identifiers=(Identifier(scheme="doi", value=doi),) if doi else (),
        links=(Link(url=url, kind="fulltext"),) if url else (),
        genres=(genre,) if genre else (),
        languages=("en",),
    )


def journal(
    title: str, volume: str, issue: str | None, pages: str = "", number: str | None = None
) -> Container:
    first, _, last = pages.partition("-")
    return Container(
        title=title,
        volume=volume,
        issue=issue,
        first_page=first or None,
        last_page=last or None,
        article_number=number,
    )


def book(title: str, pages: str = "") -> Container:
    first, _, last = pages.partition("-")
    return Container(title=title, first_page=first or None, last_page=last or None)


# https://apastyle.apa.org/style-grammar-guidelines/references/examples
APA = {
    "journal": work(
        "article-journal",
        "Emotions in storybooks: A comparison of storybooks that represent ethnic and racial groups in the "
        "United States",
        people("Grady, Jessica S.; Her, May; Moreno, Geena; Perez, Camille; Yelinek, Jennelle"),
        (2019, 7),
        place=journal("Psychology of Popular Media Culture", "8", "3", "207-217"),
        doi="10.1037/ppm0000185",
    ),
    "article number, quotation at the end": work(
        "article-journal",
        "Teaching medicine with the help of “Dr. House”",
        people("Jerrentrup, Andreas; Schaefer, Juergen R."),
        (2018,),
        place=journal("PLoS ONE", "13", "3", number="e0193972"),
        doi="10.1371/journal.pone.0193972",
    ),
    "book": work(
        "book",
        "The psychology of prejudice: From attitudes to social action",
        people("Jackson, Lynne M."),
        (2019,),
        edition="2nd ed.",
        publisher="American Psychological Association",
        doi="10.1037/0000168-000",
    ),
    "edited book": work(
        "book",
        "Microaggression theory: Influence and implications",
        people("Torino, Gina C.; Rivera, David P.", "editor"),
        (2019,),
        publisher="John Wiley & Sons",
    ),
    "one editor": work(
        "book",
        "Nanotechnology based approaches for tuberculosis treatment",
        people("Kesharwani, Prashant", "editor"),
        (2020,),
        publisher="Academic Press",
    ),
    "chapter": work(
        "chapter",
        "Culinary arts: Talent and their development",
        people("Aron, Lisa; Botella, Marion; Lubart, Todd")
        + people("Subotnik, Rena F.; Olszewski-Kubilius, Paula; Worrell, Frank C.", "editor"),
        (2019,),
        place=book("The psychology of high performance", "345-359"),
        publisher="American Psychological Association",
        doi="10.1037/0000120-016",
    ),
    "dissertation": work(
        "thesis",
        "The interaction of state and trait worry",
        people("Zambrano-Vazquez, Laura"),
        (2016,),
        publisher="University of Arizona",
        genre="Ph.D. thesis",
    ),
    "page of a body": work(
        "webpage",
        "The top 10 causes of death",
        [body("World Health Organization")],
        (2018, 5, 24),
        publisher="World Health Organization",
        url="https://www.who.int/top-10",
    ),
    "no author, no date": work("report", "Budgets", [], publisher="Treasury"),
    "question": work(
        "article-journal", "Who cares?", people("Roe, Ann"), (2020,), place=journal("J", "1", None, "5")
    ),
    "data": work("dataset", "Peers", people("Roe, Ann"), (2020,), publisher="Zenodo", doi="10.5281/zenodo.1"),
}

# MLA Handbook, 9th edition, appendix 2, and https://style.mla.org/works-cited/
MLA = {
    "journal": work(
        "article-journal",
        "Redefining reading: the impact of digital communication media",
        people("Baron, Naomi S."),
        (2013, 1),
        place=journal("PMLA", "128", "1", "193-200"),
    ),
    "two authors": work(
        "book",
        "The crown of Columbus",
        people("Dorris, Michael; Erdrich, Louise"),
        (1999,),
        publisher="HarperCollins Publishers",
    ),
    "three authors": work(
        "book", "Digital_Humanities", people("Burdick, Anne; Drucker, Johanna; Lunenfeld, Peter"), (2012,)
    ),
    "chapter": work(
        "chapter",
        "Money",
        people("Copeland, Edward") + people("McMaster, Juliet", "editor"),
        (1997,),
        place=book("The Cambridge companion to Jane Austen", "131-148"),
        publisher="Cambridge UP",
    ),
    "dissertation": work(
        "thesis",
        "Performing the passion: a study on the nature of medieval acting",
        people("Njus, Jesse"),
        (2010,),
        publisher="Northwestern University",
        genre="Ph.D. dissertation",
    ),
    "translation": work(
        "book",
        "The lover",
        [*people("Duras, Marguerite"), person("Bray, Barbara", role="translator")],
        (1985,),
    ),
}

# https://www.chicagomanualofstyle.org/tools_citationguide/citation-guide-2.html
CHICAGO = {
    "journal": work(
        "article-journal",
        "Inclusion work: children of immigrants claiming membership in everyday life",
        people("Kwon, Hyeyoung"),
        (2022, 5),
        place=journal("American Journal of Sociology", "127", "6", "1818-1859"),
        doi="10.1086/720277",
    ),
    "book": work(
        "book",
        "The channels of student activism",
        people("Binder, Amy J.; Kidder, Jeffrey L."),
        (2022,),
        publisher="University of Chicago Press",
        city="Chicago",
    ),
    "chapter": work(
        "chapter",
        "The Queen Mary psalter",
        people("Doyle, Kathleen") + people("Marks, P. J. M.; Parkin, Stephen", "editor"),
        (2023,),
        place=book("The book by design"),
        publisher="University of Chicago Press",
    ),
    "dissertation": work(
        "thesis",
        "A house is not a home",
        people("Blajer de la Garza, Yuna"),
        (2019,),
        publisher="University of Chicago",
        genre="Doctoral thesis",
    ),
    "seven authors": work(
        "book", "Many", people("; ".join(f"{letter}oe, Ann" for letter in "ABCDEFG")), (2020,)
    ),
}

# https://www.nlm.nih.gov/bsd/uniform_requirements.html
VANCOUVER = {
    "journal": work(
        "article-journal",
        "Solid-organ transplantation in HIV-infected patients",
        people("Halpern, Scott D.; Ubel, Peter A.; Caplan, Arthur L."),
        (2002, 7, 25),
        place=journal("N Engl J Med", "347", "4", "284-287"),
    ),
    "more than six authors": work(
        "article-journal",
        "Regulation of interstitial excitatory amino acid concentrations after cortical contusion injury",
        people(
            "Rose, M. E.; Huerbin, M. B.; Melick, J.; Marion, D. W.; Palmer, A. M.; Schiding, J. K.; Roe, A."
        ),
        (2002,),
        place=journal("Brain Res", "935", "1-2", "40-46"),
    ),
    "body": work(
        "article-journal",
        "Hypertension, insulin, and proinsulin in participants with impaired glucose tolerance",
        [body("Diabetes Prevention Program Research Group")],
        (2002,),
        place=journal("Hypertension", "40", "5", "679-686"),
    ),
    "book": work(
        "book",
        "Medical microbiology",
        people("Murray, P. R.; Rosenthal, K. S."),
        (2002,),
        edition="4th edition",
        city="St. Louis",
        publisher="Mosby",
    ),
    "editors": work(
        "book",
        "Operative obstetrics",
        [
            person("Gilstrap, Larry C.", suffix="3rd", role="editor"),
            *people("Cunningham, F. Gary; VanDorsten, J. Peter", "editor"),
        ],
        (2002,),
        edition="2",
        city="New York",
        publisher="McGraw-Hill",
    ),
    "chapter": work(
        "chapter",
        "Chromosome alterations in human solid tumors",
        people("Meltzer, P. S.; Kallioniemi, A.; Trent, J. M.")
        + people("Vogelstein, B.; Kinzler, K. W.", "editor"),
        (2002,),
        place=book("The genetic basis of human cancer", "93-113"),
        city="New York",
        publisher="McGraw-Hill",
    ),
    "dissertation": work(
        "thesis",
        "Infant sleep and feeding: a telephone survey of Hispanic Americans",
        people("Borkowski, M. M."),
        (2002,),
        city="Mount Pleasant (MI)",
        publisher="Central Michigan University",
        genre="dissertation",
    ),
}

EXAMPLES = {"apa": APA, "mla": MLA, "chicago": CHICAGO, "vancouver": VANCOUVER}
