"""Authors listed once per affiliation."""

import time

from catalog.normalize.names import merge_repeated
from catalog.record import Contributor, ContributorKind

ORCID = "0000-0002-1825-0097"
OTHER = "0000-0001-5109-3700"


def by(
    literal: str,
    *affiliations: str,
    orcid: str | None = None,
    role: str = "author",
    kind: ContributorKind = "person",
    family: str | None = None,
    given: str | None = None,
) -> Contributor:
    return Contributor(
        literal=literal,
        affiliations=affiliations,
        orcid=orcid,
        role=role,
        kind=kind,
        family=family,
        given=given,
    )


def test_an_author_repeated_per_affiliation_is_one_in_the_first_place() -> None:
    merged = merge_repeated(
        [by("Ann Lee", "X"), by("Bo Ek", "Y"), by("Ann  Lee", "Z", "X"), by("ann lee", "W")]
    )
    assert merged == (by("Ann Lee", "X", "Z", "W"), by("Bo Ek", "Y"))


def test_an_orcid_given_once_is_kept() -> None:
    assert merge_repeated([by("Ann Lee"), by("Ann Lee", orcid=ORCID)]) == (by("Ann Lee", orcid=ORCID),)


def test_namesakes_with_orcids_of_their_own_stay_two() -> None:
    two = (by("Wei Wang", orcid=ORCID), by("Wei Wang", orcid=OTHER))
    assert merge_repeated(two) == two


def test_one_orcid_merges_names_that_agree() -> None:
    merged = merge_repeated(
        [
            by("Jürgen Müller", "X", orcid=ORCID),
            by("Müller, J.", "Y", orcid=ORCID, family="Müller", given="J."),
        ]
    )
    assert merged == (by("Jürgen Müller", "X", "Y", orcid=ORCID, family="Müller", given="J."),)


def test_one_orcid_pasted_to_all_authors_loses_none_of_them() -> None:
    all_of_them = (
        by("Ann Lee", orcid=ORCID),
        by("Bo Ek", orcid=ORCID),
        by("Li Na", orcid=ORCID),
        by("Li Wei", orcid=ORCID),
    )
    assert merge_repeated(all_of_them) == all_of_them


def test_roles_and_kinds_are_kept_apart() -> None:
    three = (by("Ann Lee"), by("Ann Lee", role="editor"), by("Ann Lee", kind="organization"))
    assert merge_repeated(three) == three


def test_merging_twice_changes_nothing_and_thousands_take_no_time() -> None:
    many = [by(f"Author {n % 3000}", str(n)) for n in range(6000)]
    start = time.process_time()
    merged = merge_repeated(many)
    assert time.process_time() - start < 2
    assert len(merged) == 3000
    assert merge_repeated(merged) == merged
