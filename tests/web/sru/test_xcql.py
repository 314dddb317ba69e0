"""A query as XCQL, in the older form and the newer."""

import pytest

from index.cql.parser import parse
from web.sru.versions import VERSIONS
from web.sru.xcql import xcql

OLD = ' xmlns="http://www.loc.gov/zing/cql/xcql/"'
NEW = ' xmlns="http://docs.oasis-open.org/ns/search-ws/xcql"'
FISH = "<index>dc.title</index><relation><value>any</value></relation><term>fish</term>"


@pytest.mark.parametrize(
    ("version", "query", "expected"),
    [
        (
            "1.1",
            '"a & b"',
            (
                f"<searchClause{OLD}><index>cql.serverChoice</index><relation><value>scr</value></relation>"
                "<term>a &amp; b</term></searchClause>"
            ),
        ),
        (
            "1.2",
            "a",
            (
                f"<searchClause{OLD}><index>cql.serverChoice</index><relation><value>=</value></relation>"
                "<term>a</term></searchClause>"
            ),
        ),
        ("2.0", "a", f"<triple{NEW}><searchClause><term>a</term></searchClause></triple>"),
        (
            "1.2",
            "dc.title any fish or dc.title any/stem/x=1 fish",
            (
                f"<triple{OLD}><boolean><value>or</value></boolean>"
                f"<leftOperand><searchClause>{FISH}</searchClause></leftOperand>"
                "<rightOperand><searchClause><index>dc.title</index><relation><value>any</value><modifiers>"
                "<modifier><type>stem</type></modifier>"
                "<modifier><type>x</type><comparison>=</comparison><value>1</value></modifier>"
                "</modifiers></relation><term>fish</term></searchClause></rightOperand></triple>"
            ),
        ),
        (
            "2.0",
            "a or b and/x c",
            (
                f"<triple{NEW}><Boolean><value>and</value><modifiers><modifier><type>x</type></modifier></modifiers>"
                "</Boolean><leftOperand><triple><Boolean><value>or</value></Boolean>"
                "<leftOperand><searchClause><term>a</term></searchClause></leftOperand>"
                "<rightOperand><searchClause><term>b</term></searchClause></rightOperand></triple></leftOperand>"
                "<rightOperand><searchClause><term>c</term></searchClause></rightOperand></triple>"
            ),
        ),
        (
            "1.2",
            '> x = "urn:y" dc.title any fish sortBy dc.date/sort.descending',
            (
                f"<searchClause{OLD}><prefixes><prefix><name>x</name><identifier>urn:y</identifier></prefix></prefixes>"
                f"{FISH}<sortKeys><key><index>dc.date</index><modifiers><modifier><type>sort.descending</type>"
                "</modifier></modifiers></key></sortKeys></searchClause>"
            ),
        ),
        (
            "2.0",
            '> x = "urn:y" dc.title any fish sortBy dc.date',
            (
                f"<prefixes{NEW}><prefix><name>x</name><identifier>urn:y</identifier></prefix></prefixes>"
                f"<triple{NEW}><searchClause>{FISH}</searchClause></triple>"
                f"<sortKeys{NEW}><key><index>dc.date</index><modifiers><modifier><type>sort.ascending</type>"
                "</modifier></modifiers></key></sortKeys>"
            ),
        ),
        (
            "2.0",
            "peer support",
            (
                f"<triple{NEW}><searchClause><index>cql.serverChoice</index><relation><value>all</value></relation>"
                "<term>peer support</term></searchClause></triple>"
            ),
        ),
        ("2.0", " or ".join("ab" * 51), ""),
    ],
)
def test_a_query_is_shown(version: str, query: str, expected: str) -> None:
    assert xcql(parse(query), VERSIONS[version]) == expected
