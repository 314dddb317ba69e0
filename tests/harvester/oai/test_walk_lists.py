"""Walking lists that a server sends as it should, and lists that end oddly."""

from tests.harvester.oai.repository import Repository, harvest, items


def test_a_list_is_walked_to_its_end() -> None:
    repository = Repository(items(7))
    done = harvest(repository)
    assert done.identifiers == [item.identifier for item in repository.items]
    assert [len(page.raws) for page in done.pages] == [3, 3, 1]
    assert done.last.resume is None
    assert all(page.resume for page in done.pages[:-1])
    assert done.last.watermark == "2024-01-01T00:06:00Z"
    assert done.last.announced == 7
    assert done.remarks == []
    assert done.pages[0].server == "A repository"
