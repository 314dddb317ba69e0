"""DOAJ's feed harvested by class, and its copies beside those of the article API."""

from catalog.normalize.classes import set_spec
from cli.loopback.provider import Provider
from harvester.doaj.api import ApiSource
from harvester.doaj.feed import feed
from harvester.http import Client, Manners
from tests.provider.articles import articles
from tests.provider.transport import Asked, transport

WORLD = articles(120, seed=8)
CLASSES = ("Psychiatry", "Psychology")


def in_classes() -> set[str]:
    return {
        f"oai:doaj.org/article:{article['id']}"
        for article in WORLD
        if any(subject["term"] in CLASSES for subject in article["bibjson"]["subject"])
    }


def test_a_class_is_harvested_from_the_feed_by_its_set() -> None:
    asked = Asked(Provider(WORLD).respond)
    with Client(Manners(agent="peerlit", gap=0), transport=transport(asked.respond)) as client:
        sets = [set_spec(caption) for caption in CLASSES]
        source = feed(client, "http://127.0.0.1/", sets=sets, request={"subjects": "RC435-571 BF1-990"})
        pages = list(source.pages(None, None, None))
    assert (source.kind, source.location) == ("doaj-feed", "http://127.0.0.1/oai.article")
    assert source.request == {"subjects": "RC435-571 BF1-990"}
    assert {raw.identifier for page in pages for raw in page.raws} == in_classes()
    asked_for = {(params.get("set"), params.get("metadataPrefix")) for params in asked.params}
    assert {(each, "oai_doaj") for each in sets} <= asked_for


def test_the_api_s_copy_has_the_feed_s_identifier_and_datestamp() -> None:
    provider = Provider(WORLD)
    with Client(Manners(agent="peerlit", gap=0), transport=transport(provider.respond)) as client:
        sources = (
            feed(client, "http://127.0.0.1", sets=()),
            ApiSource(client, "http://127.0.0.1", query="id.exact:[0 TO f]"),
        )
        fed, asked = (
            {(raw.identifier, raw.datestamp) for page in source.pages(None, None, None) for raw in page.raws}
            for source in sources
        )
    assert fed == asked
    assert len(asked) == len(WORLD)
