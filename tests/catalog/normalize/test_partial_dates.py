import datetime as dt

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.normalize.dates import doaj_date, partial_date, year_month
from catalog.record import PartialDate


def date(
    year: int | None = None, month: int | None = None, day: int | None = None, **more: int | bool | str
) -> PartialDate:
    return msgspec.convert({"year": year, "month": month, "day": day, **more}, PartialDate)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # programs
        ("2024", date(2024)),
        ("2024-04", date(2024, 4)),
        ("2024/04", date(2024, 4)),
        ("2024-04-01", date(2024, 4, 1)),
        ("2024/4/1", date(2024, 4, 1)),
        ("2024-04-01T00:00:00Z", date(2024, 4, 1)),
        ("2024-04-01 12:30:00+02:00", date(2024, 4, 1)),
        ("20040101", date(2004, 1, 1)),
        ("20040101T123000", date(2004, 1, 1)),
        ("200405", date(2004, 5)),
        ("2024-04-00", date(2024, 4)),
        ("2024-00-00", date(2024)),
        ("2004-XX-XX", date(2004)),
        ("Mon, 01 Apr 2024 00:00:00 GMT", date(2024, 4, 1)),
        ("Mon Apr  1 00:00:00 UTC 2024", date(2024, 4, 1)),
        ("2024 Apr 1", date(2024, 4, 1)),
        # people
        ("01.04.2024", date(2024, 4, 1)),
        ("1. 4. 2024", date(2024, 4, 1)),
        ("25/12/2024", date(2024, 12, 25)),
        ("12/25/2024", date(2024, 12, 25)),
        ("04/04/2024", date(2024, 4, 4)),
        ("7/2008", date(2008, 7)),
        ("12.IV.2004", date(2004, 4, 12)),
        ("April 2024", date(2024, 4)),
        ("1st April, 2024", date(2024, 4, 1)),
        ("APRIL 1, 2024", date(2024, 4, 1)),
        ("3. März 2010", date(2010, 3, 3)),
        ("1er février 2024", date(2024, 2, 1)),
        ("10 de agosto de 2011", date(2011, 8, 10)),
        ("1º de março de 2012", date(2012, 3, 1)),
        ("12 settembre 2001", date(2001, 9, 12)),
        ("5 mei 2015", date(2015, 5, 5)),
        ("12 апреля 2015 г.", date(2015, 4, 12)),
        ("3 Ağustos 2019", date(2019, 8, 3)),
        ("April/avril 2024", date(2024, 4)),
        ("2010年5月3日", date(2010, 5, 3)),
        ("二〇一〇年五月", date(2010, 5)),
        ("２０２４", date(2024)),
        ("١٩٩٨", date(1998)),
        ("2005.", date(2005)),
        # what cannot be, or may be either
        ("01/04/2024", date(2024, literal="01/04/2024")),
        ("2004/05", date(2004, literal="2004/05")),
        ("2001-21", date(2001, literal="2001-21")),
        ("2024-13-45", date(2024, literal="2024-13-45")),
        ("2024-02-30", date(2024, 2, literal="2024-02-30")),
        ("31 February 2010", date(2010, 2, literal="31 February 2010")),
        ("2024 Apr-May", date(2024, literal="2024 Apr-May")),
        ("Spring 2010", date(2010, literal="Spring 2010")),
        ("Published April 2024", date(2024, 4, literal="Published April 2024")),
        # cataloguers
        ("[2001]", date(2001, literal="[2001]")),
        ("[2001?]", date(2001, circa=True, literal="[2001?]")),
        ("c1998.", date(1998, literal="c1998")),
        ("©1998", date(1998, literal="©1998")),
        ("p1998", date(1998, literal="p1998")),
        ("ca. 1890", date(1890, circa=True, literal="ca. 1890")),
        ("c. 1890", date(1890, circa=True, literal="c. 1890")),
        ("2001, ©2000", date(2001, literal="2001, ©2000")),
        ("1998 [i.e. 1999]", date(1999, literal="1998 [i.e. 1999]")),
        ("1963 [c1962]", date(1963, literal="1963 [c1962]")),
        ("1908 [reprinted 1969]", date(1908, literal="1908 [reprinted 1969]")),
        ("before 1928", date(1928, circa=True, literal="before 1928")),
        ("MDCCLXXVI", date(1776)),
        ("M. DCC. LXXVI.", date(1776)),
        ("MCMXCIX", date(1999)),
        ("MDCCCCLXXXXVIIII", date(1999)),
        # unknown figures
        ("19uu", date(circa=True, literal="19uu")),
        ("19--", date(circa=True, literal="19--")),
        ("[199-?]", date(circa=True, literal="[199-?]")),
        ("199X", date(circa=True, literal="199X")),
        ("1860s", date(circa=True, literal="1860s")),
        ("19th century", date(circa=True, literal="19th century")),
        # spans
        ("1950-2001", date(1950, end_year=2001)),
        ("1950–2001", date(1950, end_year=2001)),
        ("2016/17", date(2016, end_year=2017)),
        ("1910-30", date(1910, end_year=1930)),
        ("1999–00", date(1999, end_year=2000)),
        ("1999-2000?", date(1999, end_year=2000, circa=True, literal="1999-2000?")),
        ("c1998-c2001", date(1998, end_year=2001, literal="c1998-c2001")),
        ("[between 1906 and 1912]", date(1906, end_year=1912, circa=True, literal="[between 1906 and 1912]")),
        ("[1971 or 1972]", date(1971, end_year=1972, circa=True, literal="[1971 or 1972]")),
        ("1998-", date(1998, literal="1998-")),
        ("-1995", date(end_year=1995, literal="-1995")),
        ("../1985", date(end_year=1985, literal="../1985")),
        ("2004-06~", date(2004, 6, circa=True, literal="2004-06~")),
        ("1984~/2004-06", date(1984, end_year=2004, circa=True, literal="1984~/2004-06")),
        # other calendars
        ("5745 [1984 or 1985]", date(1984, end_year=1985, circa=True, literal="5745 [1984 or 1985]")),
        ("1398 [2019]", date(2019, literal="1398 [2019]")),
        ("1420 H/2000 M", date(2000, literal="1420 H/2000 M")),
        ("昭和52", date(1977, literal="昭和52")),
        ("昭和五十二年", date(1977, literal="昭和五十二年")),
        ("Shōwa 52 [1977]", date(1977, literal="Shōwa 52 [1977]")),
        ("平成元年", date(1989, literal="平成元年")),
        ("昭和", date(circa=True, literal="昭和")),
        # none
        (None, None),
        ("", None),
        ("[s.a.]", None),
        ("n.d.", None),
        ("0000-00-00", None),
        ("9999-12-31", None),
        ("98", None),
        ("1/2/98", None),
        ("Apr 98", None),
        ("500 BC", None),
        ("1200 BC", None),
        ("12345", None),
        ("Belmont, CA : c2001", PartialDate(year=2001, literal="Belmont, CA : c2001")),
        ("CA. 1890", PartialDate(year=1890, circa=True, literal="CA. 1890")),
    ],
)
def test_a_date_keeps_its_precision(text: str | None, expected: PartialDate | None) -> None:
    assert partial_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-01T00:00:00Z", date(2024, 1, month_doubtful=True)),
        ("2024-04-01T00:00:00Z", date(2024, 4)),
        ("2017-03-15", date(2017, 3)),
        ("2017", date(2017)),
        ("no date", None),
        (None, None),
    ],
)
def test_the_feed_knows_no_day_and_perhaps_no_january(text: str | None, expected: PartialDate | None) -> None:
    assert doaj_date(text) == expected


@pytest.mark.parametrize(
    ("year", "month", "expected"),
    [
        ("2024", "13", date(2024)),
        ("2024", "0", date(2024)),
        ("2024", "Jan-Mar", date(2024, literal="Jan-Mar 2024")),
        ("2016-2017", "1", date(2016, end_year=2017)),
        ("2024-04", "5", date(2024, 4)),
        ("2024", "10", date(2024, 10)),
        ("2024", "06", date(2024, 6)),
        ("2024", "April", date(2024, 4)),
        ("2024", "Janeiro", date(2024, 1)),
        ("2024", "Sept.", date(2024, 9)),
        ("2024", " ", date(2024)),
        ("2024", None, date(2024)),
        ("98", "1", None),
        (None, "4", None),
    ],
)
def test_year_and_month_given_apart(
    year: str | None, month: str | None, expected: PartialDate | None
) -> None:
    assert year_month(year, month) == expected


@settings(deadline=None)
@given(st.text() | st.text(alphabet="0123456789-/.[]?cuX~ ,", max_size=14))
def test_a_date_never_claims_what_cannot_be(text: str) -> None:
    found = partial_date(text)
    if found is not None:
        assert found.year is None or 1000 <= found.year <= 2999
        assert found.year is not None or found.literal
        assert found.month is None or (found.year and 1 <= found.month <= 12)
        assert found.day is None or (found.month and 1 <= found.day <= 31)
        assert found.end_year is None or found.year is None or found.end_year > found.year
        assert found.literal != ""


@settings(deadline=None)
@given(st.dates())
def test_iso_dates_are_read_exactly(day: dt.date) -> None:
    if 1000 <= day.year < 3000:
        assert partial_date(day.isoformat()) == date(day.year, day.month, day.day)
        assert partial_date(f"{day:%d.%m.%Y}") == date(day.year, day.month, day.day)
        assert partial_date(f"{day:%B} {day.day}, {day.year}") == date(day.year, day.month, day.day)
