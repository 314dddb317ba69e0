"""Every kind of page that readers see, with parameters that bring out most of it."""

RECORD = "doaj/00000000000000000000000000000001"

PAGES = (
    "/",
    "/search?q=support&size=10",
    "/search?q=support&subject=Medicine&type=book&from=1990&to=2024&exact=1&sort=title",
    "/search?q=suport",
    "/search?q=support+zebra&type=book&from=1900",
    "/search?q=support+AND+(worker",
    "/search?page=501",
    f"/search?like={RECORD}",
    "/search/facet/subject?q=support",
    "/search/facet/keyword?order=name&containing=peer",
    "/search/facet/year",
    "/advanced",
    "/advanced?go=1&text1=x&field1=isbn&from=soon",
    "/advanced?dialect=ovid&strategy=1.+exp+Peer+Group/%0D%0A2.+(peer+adj3+support*).ti,ab.%0D%0A3.+1+or+2",
    f"/record/{RECORD}",
    f"/record/{RECORD}?q=support&at=3",
    f"/record/{RECORD}?view=staff",
    f"/record/{RECORD}?view=history",
    "/record/loc-peer-support/00010725?view=staff",
    "/subjects",
    "/subjects?list=headings",
    "/sources",
    "/sources/doaj",
    "/searches",
    "/harvests/1",
    "/help",
    "/no-such-page",
)
