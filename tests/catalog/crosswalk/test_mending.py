"""XML that is not well-formed: what is put right, what is said of it, and what is left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from catalog.crosswalk import crosswalk
from catalog.crosswalk.mending import mend
from catalog.record import RawRecord, Record, Rejection

DC = '<dc xmlns="http://purl.org/dc/elements/1.1/"><title>{}</title></dc>'
DOAJ = "<doajArticle><title>{}</title></doajArticle>"
MARC = (
    "<record><leader>00000nam a2200000 a 4500</leader>"
    '<datafield tag="245" ind1="1" ind2="0"><subfield code="a">{}</subfield></datafield></record>'
)
FORMATS = {"oai_dc": DC, "oai_doaj": DOAJ, "marcxml": MARC}
LEFT_OUT = "characters that XML does not allow left out"
NO_CHARACTER = "references to what is no character left out"
ITSELF = "'&' read as itself"
HTML = "entities of HTML replaced"
JOINED = "halves of characters joined"


def read(text: str, *, name: str = "oai_dc", envelope: bytes | None = None) -> Record | Rejection:
    payload = FORMATS[name].format(text).encode()
    return crosswalk(RawRecord(identifier="x", format=name, payload=payload, envelope=envelope))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("sent", "title", "done"),
    [
        ("Peer\x1a support\x00\x0b", "Peer support", f"{LEFT_OUT} (3)"),
        ("Peer\ufffe support\uffff", "Peer support", f"{LEFT_OUT} (2)"),
        ("Peer&#11; support&#x0;", "Peer support", f"{NO_CHARACTER} (2)"),
        ("Peer&#55349; support&#xDC00;", "Peer support", f"{NO_CHARACTER} (2)"),
        ("Peer support &#55357;&#56832;", "Peer support \U0001f600", f"{JOINED} (1)"),
        ("A&#65;&#xD83D;&#xDE00;&#xD83D; b", "AA\U0001f600 b", f"{JOINED} (1), {NO_CHARACTER} (1)"),
        ("Peer&#1114112; support&#x7fffffff;", "Peer support", f"{NO_CHARACTER} (2)"),
        ("Search & rescue", "Search & rescue", f"{ITSELF} (1)"),
        ("A&B & C &# D &#x; E &; F", "A&B & C &# D &#x; E &; F", f"{ITSELF} (5)"),
        ("Search &amp; rescue & peers &#38; all", "Search & rescue & peers & all", f"{ITSELF} (1)"),
        ("Caf&eacute; &ndash; a&nbsp;study", "Café – a study", f"{HTML} (3)"),
        ("A &LT; B &AMP; C", "A < B & C", f"{HTML} (2)"),
        ("<![CDATA[A & B]]> & C", "A & B & C", f"{ITSELF} (1)"),
        ("A<!-- & --> & C", "A & C", f"{ITSELF} (1)"),
        ("&" * 3, "&&&", f"{ITSELF} (3)"),
    ],
)
def test_what_is_certain_is_put_right_and_said(name: str, sent: str, title: str, done: str) -> None:
    record = read(sent, name=name)
    assert isinstance(record, Record)
    assert (record.title or "").replace("\xa0", " ") == title
    assert record.caveats[0] == f"the XML was not well-formed: {done}"


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (DC.format("A & &bogus; B").encode(), "not well-formed XML"),
        (DC.format("A & <b>B").encode(), "not well-formed XML"),
        (DC.format("A & B").encode()[:-7], "not well-formed XML"),
        (b"<!DOCTYPE dc [<!ENTITY nbsp 'x'>]>" + DC.format("A & B").encode(), "not well-formed XML"),
        (DC.format("A \x01 caf").encode() + b"\xe9", "not well-formed XML"),
        (b'<?xml version="1.0" encoding="martian"?>' + DC.format("A & B").encode(), "not well-formed XML"),
        (b'<?xml version="1.0" encoding="idna"?>' + DC.format("A & B").encode(), "not well-formed XML"),
        (b"&", "not well-formed XML"),
    ],
)
def test_what_would_have_to_be_guessed_is_rejected_as_sent(payload: bytes, reason: str) -> None:
    rejection = crosswalk(RawRecord(identifier="x", format="oai_dc", payload=payload))
    assert isinstance(rejection, Rejection)
    assert reason in rejection.reason


def test_what_is_well_formed_has_no_such_caveat() -> None:
    record = read("Search &amp; rescue &#128512;")
    assert isinstance(record, Record)
    assert record.caveats == ()


def test_a_slice_is_mended_in_the_encoding_of_its_envelope() -> None:
    envelope = b'<?xml version="1.0" encoding="iso-8859-1"?><envelope>'
    payload = DC.format("Étude & &ndash; ").encode("iso-8859-1")
    raw = RawRecord(identifier="x", format="oai_dc", payload=payload, envelope=envelope)
    record = crosswalk(raw)
    assert isinstance(record, Record)
    assert record.title == "Étude & –"


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("ab&#x;D8C0123 \x00\x1f\ufffe\xe9"), max_size=40))
def test_text_of_any_characters_can_be_mended_and_then_is_stable(text: str) -> None:
    raw = RawRecord(identifier="x", format="oai_dc", payload=f"<t>{text}</t>".encode())
    mended = mend(raw)
    payload = raw.payload if mended is None else mended.raw.payload
    names = {name for name in text.split("&")[1:] if ";" in name}
    if not names:
        etree.fromstring(payload)
    if mended is not None:
        assert mend(mended.raw) is None
