"""What repositories say of themselves, and which of their formats is asked for."""

import pytest

from catalog.errors import MalformedResponse, ProtocolError
from harvester.oai.answer import Token
from harvester.oai.identity import DAY, SECOND, Format, SetInfo, choose_prefix, formats, identify, sets
from tests.harvester.oai.answers import ADDRESS, envelope, error, response

MARC = "http://www.loc.gov/MARC21/slim"
DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"


def identity(granularity: str = SECOND, earliest: str = "2001-02-03T04:05:06Z", more: str = "") -> str:
    return envelope(
        f"<Identify><repositoryName> A\n &amp; B</repositoryName><baseURL>{ADDRESS} </baseURL>"
        "<protocolVersion>2.0</protocolVersion><adminEmail>a@example.org</adminEmail>"
        f"<earliestDatestamp>{earliest}</earliestDatestamp><deletedRecord>Persistent</deletedRecord>"
        f"<granularity>{granularity}</granularity>{more}</Identify>"
    )


def test_identify() -> None:
    toolkit = (
        '<description><toolkit xmlns="http://oai.dlib.vt.edu/OAI/metadata/toolkit">'
        "<title>OAICat</title><author><title>no</title></author><version>1.5</version></toolkit></description>"
    )
    told = identify(response(identity(more="<description><x/></description>" + toolkit)))
    assert told == ("A & B", ADDRESS, SECOND, "2001-02-03T04:05:06Z", "persistent", "2.0", "OAICat 1.5", ())


def test_identify_that_says_nothing() -> None:
    told = identify(response(envelope("<Identify/>")))
    assert told == ("", "", DAY, None, "no", "", "", ())


@pytest.mark.parametrize(
    ("sent", "understood"),
    [
        (SECOND, SECOND),
        (DAY, DAY),
        (" yyyy-mm-ddthh:mm:ssz\n", SECOND),
        ("YYYY-MM-DDTHH:MM:SSZ", SECOND),
        ("YYYY-MM-DDThh:mm:ss.sssZ", SECOND),
        ("YYYY-MM-DD hh:mm:ss", SECOND),
        ("YYYY-MM-DDThh:mmZ", DAY),
        ("yyyy-mm-dd", DAY),
        ("day", DAY),
        ("seconds", SECOND),
        ("", DAY),
    ],
)
def test_22_granularity(sent: str, understood: str) -> None:
    assert identify(response(identity(sent))).granularity == understood


@pytest.mark.parametrize(
    ("sent", "granularity", "earliest"),
    [
        ("2001-02-03T04:05:06Z", DAY, "2001-02-03"),
        ("2001-02-03", SECOND, "2001-02-03T00:00:00Z"),
        ("2001-02-03", DAY, "2001-02-03"),
        (" 2001-02-03T04:05:06.789Z ", SECOND, "2001-02-03T04:05:06Z"),
        ("2001-02-03T01:00:00+02:00", SECOND, "2001-02-02T23:00:00Z"),
        ("2001-02-03T04:05:06", SECOND, "2001-02-03T04:05:06Z"),
        ("2001-02-03T4:5Z", SECOND, "2001-02-03T00:00:00Z"),
        ("1970-01-01T00:00:00Z", SECOND, "1970-01-01T00:00:00Z"),
        ("0001-01-01T00:00:00Z", SECOND, None),
        ("0001-01-01T00:00:00+05:00", SECOND, None),
        ("0000-00-00", DAY, None),
        ("2999-01-01", DAY, None),
        ("2001", DAY, None),
        ("aaaa-bb-cc", DAY, None),
        ("", DAY, None),
    ],
)
def test_23_earliest_datestamp(sent: str, granularity: str, earliest: str | None) -> None:
    assert identify(response(identity(granularity, sent))).earliest == earliest


@pytest.mark.parametrize(
    "damage", ["\x1a", "&#26;", "&#xD800;", "&nbsp;", "a & b", "<description><a:b></c></description>"]
)
def test_identify_is_read_cleaned_and_that_is_told(damage: str) -> None:
    inside = "" if damage.startswith("<") else f"<adminEmail>{damage}</adminEmail>"
    told = identify(response(identity(more=inside or damage)))
    assert told.name == "A & B"
    (remark,) = told.remarks
    assert "cleaning" in remark.text


def test_identify_beyond_cleaning_is_malformed() -> None:
    with pytest.raises(MalformedResponse, match="not well-formed"):
        identify(response(identity(more="<bogus>")))
    with pytest.raises(MalformedResponse, match="entities"):
        identify(response('<!DOCTYPE a [<!ENTITY b "c">]>' + identity(more="&b;")))
    with pytest.raises(MalformedResponse, match="a web page"):
        identify(response("<html/>"))


def test_names_in_other_encodings() -> None:
    body = '<?xml version="1.0" encoding="ISO-8859-1"?>' + identity().replace(" A", "\xc4")
    for encoding in ("iso-8859-1", "utf-8", "utf-16"):
        assert (
            identify(response(body.replace('<?xml version="1.0"?>\n', "").encode(encoding))).name
            == "\xc4 & B"
        )


def offered(*forms: Format) -> str:
    return envelope(
        "<ListMetadataFormats>"
        + "".join(
            f"<metadataFormat><metadataPrefix> {form.prefix}</metadataPrefix><schema>{form.schema}</schema>"
            f"<metadataNamespace>{form.namespace}</metadataNamespace></metadataFormat>"
            for form in forms
        )
        + "</ListMetadataFormats>"
    )


def test_formats() -> None:
    sent = (Format("oai_dc", "http://a/b.xsd", DC), Format("x"))
    assert formats(response(offered(*sent))) == sent
    with pytest.raises(ProtocolError) as told:
        formats(response(envelope(error("noMetadataFormats"))))
    assert told.value.code == "noMetadataFormats"


@pytest.mark.parametrize(
    ("forms", "prefix"),
    [
        ([Format("oai_dc", "", DC), Format("oai_doaj")], "oai_doaj"),
        ([Format("oai_dc", "", DC), Format("m", "", MARC), Format("oai_doaj")], "m"),
        ([Format("oai_dc", "", DC), Format("marc21"), Format("m", "", MARC)], "m"),
        ([Format("oai_dc", "", DC), Format("m", "", "https://www.loc.gov/marc21/slim/")], "m"),
        ([Format("oai_dc", "", DC), Format("MARC21")], "MARC21"),
        ([Format("oai_dc", "", DC), Format("marcXML")], "marcXML"),
        ([Format("oai_dc", "", DC), Format("oai_marcxml")], "oai_marcxml"),
        (
            [
                Format("oai_dc", "", DC),
                Format("x", "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd"),
            ],
            "x",
        ),
        ([Format("oai_marc"), Format("unimarc"), Format("mods"), Format("oai_dc", "", DC)], "oai_dc"),
        ([Format("mods"), Format("oai_dc")], "oai_dc"),
        ([Format("mods"), Format("dc", "", DC)], "dc"),
    ],
)
def test_the_format_that_tells_most_is_chosen(forms: list[Format], prefix: str) -> None:
    assert choose_prefix(forms) == prefix
    assert choose_prefix(reversed(forms)) == prefix


@pytest.mark.parametrize("forms", [[], [Format("mods"), Format("unimarc")]])
def test_none_is_chosen_where_none_can_be_read(forms: list[Format]) -> None:
    with pytest.raises(ProtocolError) as told:
        choose_prefix(forms)
    assert told.value.code == "cannotDisseminateFormat"
    assert told.value.hint


def test_sets() -> None:
    body = envelope(
        "<ListSets><set><setSpec>a</setSpec><setName>A <i>&amp;</i>\n B</setName></set>"
        "<set><setSpec>b:c</setSpec></set>"
        "<set><setName>nameless</setName></set><set><setSpec>d</setSpec><setName/><setDescription><x>"
        '<error code="no"/></x></setDescription></set>'
        '<resumptionToken completeListSize="9">next</resumptionToken></ListSets>'
    )
    found, token = sets(response(body))
    assert found == (SetInfo("a", "A & B"), SetInfo("b:c", "b:c"), SetInfo("d", "d"))
    assert token == Token("next", 9)


def test_a_repository_without_sets_has_none() -> None:
    assert sets(response(envelope(error("noSetHierarchy")), status=404)) == ((), None)
