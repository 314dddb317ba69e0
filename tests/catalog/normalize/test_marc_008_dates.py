import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.normalize.dates import marc_008_date
from catalog.record import PartialDate


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        # damaged and unknown first
        ("s        ", None),
        ("|||||||||", None),
        ("suuuu    ", None),
        ("s0000    ", None),
        ("nuuuuuuuu", None),
        ("b        ", None),
        ("s19uu    ", PartialDate(circa=True, literal="19uu")),
        ("s199u    ", PartialDate(circa=True, literal="199u")),
        ("s1|||    ", PartialDate(circa=True, literal="1|||")),
        ("muuuu1995", PartialDate(end_year=1995, literal="-1995")),
        ("m19uu1995", PartialDate(end_year=1995, circa=True, literal="19uu-1995")),
        ("m20011998", PartialDate(year=2001)),
        ("e20041345", PartialDate(year=2004, literal="20041345")),
        ("tuuuu1998", PartialDate(year=1998, literal="c1998")),
        ("ruuuu1950", None),
        # as the format has it
        ("s2004    ", PartialDate(year=2004)),
        (" 2004    ", PartialDate(year=2004)),
        ("t20012000", PartialDate(year=2001)),
        ("r20011950", PartialDate(year=2001)),
        ("p20011999", PartialDate(year=2001)),
        ("m19982001", PartialDate(year=1998, end_year=2001)),
        ("m19989999", PartialDate(year=1998)),
        ("c19989999", PartialDate(year=1998)),
        ("d19501990", PartialDate(year=1950, end_year=1990)),
        ("u1998uuuu", PartialDate(year=1998)),
        ("q19901999", PartialDate(year=1990, end_year=1999, circa=True)),
        ("k19001950", PartialDate(year=1900, end_year=1950)),
        ("i19001950", PartialDate(year=1900, end_year=1950)),
        ("e20040615", PartialDate(year=2004, month=6, day=15)),
        ("e200406  ", PartialDate(year=2004, month=6)),
        ("e2004    ", PartialDate(year=2004)),
    ],
)
def test_the_type_says_what_the_two_dates_are(positions: str, expected: PartialDate | None) -> None:
    assert marc_008_date(positions[0], positions[1:5], positions[5:9]) == expected


@settings(deadline=None)
@given(st.text(max_size=1), st.text(max_size=5), st.text(alphabet="0123456789u| ", max_size=4))
def test_no_field_is_too_damaged(kind: str, first: str, second: str) -> None:
    found = marc_008_date(kind, first, second)
    assert found is None or found.year is not None or found.literal
