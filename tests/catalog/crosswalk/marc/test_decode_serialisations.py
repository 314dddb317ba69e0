"""One record in every serialisation is one record; and what each is forgiven."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.crosswalk.marc import iso2709, marc_json, marcxml, mrk, staff_view
from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.errors import RecordRejected
from catalog.record import RawRecord
from tests.marc_bytes import marc_bytes

LEADER = "00000nam a2200000 a 4500"
RECORD = MarcRecord(
    LEADER,
    (
        MarcField("001", "x1"),
        MarcField("008", "870205s1925    nyu           000 1 eng d"),
        MarcField("100", "", "1", " ", (("a", "Šimić, José,"), ("e", "author"))),
        MarcField("245", "", "1", "4", (("a", "The $9.99 {book} :"), ("b", "a < b & c"))),
        MarcField("655", "", " ", "7", (("a", "Essays"), ("2", "local"))),
    ),
)


def as_iso2709() -> bytes:
    values = [
        (f.tag, (f.value or f.ind1 + f.ind2 + "".join(f"\x1f{c}{v}" for c, v in f.subfields)).encode())
        for f in RECORD.fields
    ]
    return marc_bytes(values)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def as_marcxml() -> bytes:
    parts = [f"<leader>{LEADER}</leader>"]
    for f in RECORD.fields:
        if f.value:
            parts.append(f'<controlfield tag="{f.tag}">{f.value}</controlfield>')
        else:
            subfields = "".join(f'<subfield code="{c}">{escaped(v)}</subfield>' for c, v in f.subfields)
            parts.append(f'<datafield tag="{f.tag}" ind1="{f.ind1}" ind2="{f.ind2}">{subfields}</datafield>')
    return f'<record xmlns="http://www.loc.gov/MARC21/slim">{"".join(parts)}</record>'.encode()


def as_marc_in_json() -> bytes:
    fields = [
        {f.tag: f.value or {"ind1": f.ind1, "ind2": f.ind2, "subfields": [{c: v} for c, v in f.subfields]}}
        for f in RECORD.fields
    ]
    return json.dumps({"leader": LEADER, "fields": fields}).encode()


def as_marc_hash() -> bytes:
    fields = [
        [f.tag, f.value] if f.value else [f.tag, f.ind1, f.ind2, [list(s) for s in f.subfields]]
        for f in RECORD.fields
    ]
    return json.dumps({"type": "marc-hash", "leader": LEADER, "fields": fields}).encode()


def as_marc_json() -> bytes:
    control = [{"tag": f.tag, "data": f.value} for f in RECORD.fields if f.value]
    data = [
        {"tag": f.tag, "ind": f.ind1 + f.ind2, "subfield": [{"code": c, "data": v} for c, v in f.subfields]}
        for f in RECORD.fields
        if f.subfields
    ]
    return json.dumps({"leader": LEADER, "controlfield": control, "datafield": data}).encode()


def as_mrk() -> bytes:
    def value(text: str) -> str:
        return "".join({"{": "{lcub}", "}": "{rcub}", "$": "{dollar}"}.get(c, c) for c in text)

    lines = [f"=LDR  {LEADER}"]
    for f in RECORD.fields:
        indicators = (f.ind1 + f.ind2).replace(" ", "\\")
        subfields = "".join(f"${c}{value(v)}" for c, v in f.subfields)
        lines.append(f"={f.tag}  " + (f.value.replace(" ", "\\") or indicators + subfields))
    return "\r\n".join((*lines, "")).encode()


def as_fixed_page() -> bytes:
    """Return the page as VuFind's text view has it."""
    lines = [f"LEADER {LEADER}"]
    lines += [
        f"{f.tag} " + (f.value or f"{f.ind1}{f.ind2} " + "".join(f"|{c}{v}" for c, v in f.subfields))
        for f in RECORD.fields
    ]
    return "\n".join(lines).encode()


def as_tabbed_page() -> bytes:
    """Return the page as a browser copies the table."""
    lines = ["A title", "", f"LEADER\t{LEADER}"]
    for f in RECORD.fields:
        subfields = "  ".join(f"|{c}\xa0{v}" for c, v in f.subfields)
        lines.append(f"{f.tag}\t{f.value}" if f.value else f"{f.tag}\t{f.ind1}\t{f.ind2}\t{subfields} ")
    return "\n".join(lines).encode()


def as_collapsed_page() -> bytes:
    """Return the page as it is left once blanks are collapsed."""
    return "\n".join(" ".join(line.split()) for line in as_tabbed_page().decode().split("\n")).encode()


def as_html_page() -> bytes:
    rows = [f"<tr><th>LEADER</th><td colspan='3'>{LEADER}</td></tr>"]
    for f in RECORD.fields:
        if f.value:
            rows.append(f"<tr><th>{f.tag}</th><td colspan='3'>{f.value}</td></tr>")
        else:
            text = "".join(f"<strong>|{c}</strong>&nbsp;{escaped(v)} " for c, v in f.subfields)
            rows.append(f"<tr><th>{f.tag}</th><td>{f.ind1}</td><td>{f.ind2}</td><td>{text}</td></tr>")
    return f"<html><body><h1>T</h1><table class='citation'>{''.join(rows)}</table></body></html>".encode()


Decode = Callable[[RawRecord], MarcRecord]
WRITTEN: list[tuple[Decode, Callable[[], bytes]]] = [
    (iso2709.decode, as_iso2709),
    (marcxml.decode, as_marcxml),
    (marc_json.decode, as_marc_in_json),
    (marc_json.decode, as_marc_hash),
    (marc_json.decode, as_marc_json),
    (mrk.decode, as_mrk),
    (staff_view.decode, as_fixed_page),
    (staff_view.decode, as_tabbed_page),
    (staff_view.decode, as_html_page),
    (staff_view.decode, as_collapsed_page),
]


def raw(payload: bytes, envelope: bytes | None = None) -> RawRecord:
    return RawRecord(identifier="x", format="marc", payload=payload, envelope=envelope)


@pytest.mark.parametrize(("decode", "written"), WRITTEN, ids=[written.__name__ for _, written in WRITTEN])
def test_one_record_in_every_serialisation(decode: Decode, written: Callable[[], bytes]) -> None:
    found = decode(raw(written()))
    fixed = [field if field.tag != "008" else RECORD.fields[1] for field in found.fields]
    assert fixed == list(RECORD.fields)
    assert found.fields[1].value.split() == RECORD.fields[1].value.split()
    assert found.caveats == ()
    if written is not as_iso2709:
        assert found.leader == LEADER


@pytest.mark.parametrize(("decode", "written"), WRITTEN, ids=[written.__name__ for _, written in WRITTEN])
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_damage_is_forgiven_or_rejected(
    decode: Decode, written: Callable[[], bytes], data: st.DataObject
) -> None:
    payload = bytearray(written())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(payload) - 1))
        payload[at : at + data.draw(st.sampled_from([0, 1, 1, 9]))] = data.draw(st.binary(max_size=2))
    try:
        found = decode(raw(bytes(payload)))
    except RecordRejected:
        return
    assert len(found.leader) == 24
    assert found.fields
    assert all(code for field in found.fields for code, _ in field.subfields)


Subfields = tuple[tuple[str, str], ...]

TITLE: Subfields = (("a", "T"),)
SUBFIELD = '<subfield code="a">T</subfield>'
FULL = 'tag="245" ind1="1" ind2="0"'


class TestMarcxml:
    def test_the_record_is_found_in_what_is_around_it(self) -> None:
        wrapped = (
            b"<o:record><o:header/><o:metadata><collection>"
            + as_marcxml()
            + b"</collection></o:metadata></o:record>"
        )
        assert marcxml.decode(raw(wrapped, b'<envelope xmlns:o="oai">')).fields == RECORD.fields

    def test_line_breaks_around_and_in_values(self) -> None:
        text = (
            "<record>\n  <leader>\n    00000nam a2200000 a 4500\n  </leader>\n  <controlfield tag='001'>\n x1"
            "\n</controlfield>\n  <datafield tag='245' ind1='1' ind2='0'>\n    <subfield code='a'>\n"
            "      A\n      title\n    </subfield>\n  </datafield>\n</record>"
        )
        found = marcxml.decode(raw(text.encode()))
        assert found == MarcRecord(
            LEADER, (MarcField("001", "x1"), MarcField("245", "", "1", "0", (("a", "A title"),)))
        )

    @pytest.mark.parametrize(
        ("start", "content", "field", "caveat"),
        [
            ('ind1="1" ind2="0"', SUBFIELD, ("???", "", "1", "0", TITLE), "a datafield without tag"),
            ('tag="245"', SUBFIELD, ("245", "", " ", " ", TITLE), "245 has no first indicator"),
            ('tag="245" i1="1" i2="0"', SUBFIELD, ("245", "", "1", "0", TITLE), None),
            ('tag="245" ind1="#" ind2=""', SUBFIELD, ("245", "", " ", " ", TITLE), None),
            (FULL, "T", ("245", "", "1", "0", TITLE), "245: no subfields"),
            (FULL, "<subfield>T</subfield>", ("245", "", "1", "0", (("?", "T"),)), "a subfield without code"),
            (FULL, '<sub code="a">T</sub>', ("245", "", "1", "0", TITLE), "245: <sub> is read as a subfield"),
        ],
    )
    def test_fields_that_lack_something(
        self, start: str, content: str, field: tuple[str, str, str, str, Subfields], caveat: str | None
    ) -> None:
        part = f"<datafield {start}>{content}</datafield><controlfield>x</controlfield>"
        found = marcxml.decode(raw(f"<record><leader>{LEADER}</leader>{part}</record>".encode()))
        assert found.fields == (MarcField(*field), MarcField("???", "x"))
        assert found.caveats[-1] == "a controlfield without tag"
        assert found.caveats[0].startswith(caveat or "a controlfield")

    @pytest.mark.parametrize("leader", ["", "short", LEADER + "0"])
    def test_a_leader_of_another_length(self, leader: str) -> None:
        found = marcxml.decode(raw(as_marcxml().replace(LEADER.encode(), leader.encode())))
        assert len(found.leader) == 24
        assert found.caveats == (f"the leader has {len(leader)} characters instead of 24",)

    @pytest.mark.parametrize(
        ("payload", "reason"),
        [
            (b"<record><a/></record>", "neither leader nor fields"),
            (b"<record><leader/></record>", "no fields in the XML"),
        ],
    )
    def test_what_is_no_record_is_rejected(self, payload: bytes, reason: str) -> None:
        with pytest.raises(RecordRejected, match=reason):
            marcxml.decode(raw(payload))


class TestMarcJson:
    def test_one_object_for_all_fields(self) -> None:
        first = {"ind1": " ", "ind2": "0", "subfields": {"a": ["p", "q"]}}
        document = {"leader": LEADER, "fields": {"001": "x", "650": [first, {"subfields": [{"a": "r"}]}]}}
        assert marc_json.decode(raw(json.dumps(document).encode())).fields == (
            MarcField("001", "x"),
            MarcField("650", "", " ", "0", (("a", "p"), ("a", "q"))),
            MarcField("650", "", " ", " ", (("a", "r"),)),
        )

    def test_marc4j_with_bare_keys(self) -> None:
        text = (
            f'{{leader:"{LEADER}",controlfield:[{{ tag : "001", data : "x: {{a}}" }}]datafield :[{{tag '
            ': "245", ind : "10",subfield :[{ code : "a", data : "T]d : \\"q\\"" }]}]}'
        )
        found = marc_json.decode(raw(text.encode()))
        assert found.fields == (
            MarcField("001", "x: {a}"),
            MarcField("245", "", "1", "0", (("a", 'T]d : "q"'),)),
        )
        assert found.caveats == ("the JSON has keys without quotation marks",)

    def test_numbers_and_nothing_for_text(self) -> None:
        field = '{"ind1":1,"ind2":null,"subfields":[{"a":5},{"b":null}]}'
        text = f'{{"leader":"{LEADER}","fields":[{{"001":17}},{{"245":{field}}}]}}'
        assert marc_json.decode(raw(text.encode())).fields == (
            MarcField("001", "17"),
            MarcField("245", "", "1", " ", (("a", "5"), ("b", ""))),
        )

    @pytest.mark.parametrize(
        "payload", [b"[]", b"{", b'{"fields":[]}', b'{"fields":"x"}', b"\xff", b"[" * 9999]
    )
    def test_what_is_no_record_is_rejected(self, payload: bytes) -> None:
        with pytest.raises(RecordRejected):
            marc_json.decode(raw(payload))


class TestMrk:
    @pytest.mark.parametrize(
        ("source", "text"),
        [
            ("{acute}El{acute}eve", "Éléve"),
            ("{eacute}l{egrave}ve", "élève"),
            ("{dotb}{macr}i", "ị̄"),
            ("{AElig}gir {Lstrok}{acute}od{acute}z", "Ægir Łódź"),
            ("{dollar}5 {lcub}x{rcub}", "$5 {x}"),
            ("{llig}i{rlig}a", "i\ufe20a\ufe21"),
            ("{zilch} {0}", "{zilch} {0}"),
            ("end{acute}", "end\u0301"),
        ],
    )
    def test_mnemonics(self, source: str, text: str) -> None:
        found = mrk.decode(raw(f"=LDR  {LEADER}\n=245  10$a{source}".encode()))
        assert found.fields[0].first("a") == text
        assert found.caveats == (("no character is known by the name {zilch}",) if "zilch" in source else ())

    def test_a_value_over_several_lines_and_odd_lines(self) -> None:
        text = f"=LDR  {LEADER}\n=500  \\\\$aone\ntwo\n=24510$aTitle\n=245 10$aOne blank\n="
        found = mrk.decode(raw(text.encode()))
        assert [field.subfields for field in found.fields] == [
            (("a", "one two"),),
            (("a", "Title"),),
            (("a", "One blank"),),
        ]
        assert found.caveats == ("a line that is no field is left out: '='",)

    def test_marc8_in_mrk(self) -> None:
        payload = b"=LDR  00000nam  2200000 a 4500\n=100  1\\$aSerreau, Genevi\xe1eve, Andr\xe2e"
        assert mrk.decode(raw(payload)).fields[0].first("a") == "Serreau, Geneviève, André"


class TestStaffView:
    @pytest.mark.parametrize(
        ("line", "indicators"),
        [
            ("655 7 |a x ", " 7"),
            ("650 0 |a x ", " 0"),
            ("264 1 |a x ", " 1"),
            ("786 0 |a x ", "0 "),
            ("100 1 |a x ", "1 "),
            ("245 1 0 |a x ", "10"),
            ("042 |a x ", "  "),
            ("655  7 |a x ", " 7"),
            ("655 7  |a x ", "7 "),
            ("700 10 |a x ", "10"),
            ("655\t\t7\t|a x ", " 7"),
            ("655\t7\t\t|a x ", "7 "),
            ("042\t\t\t|a x", "  "),
        ],
    )
    def test_indicators(self, line: str, indicators: str) -> None:
        (field,) = staff_view.decode(raw(f"LEADER {LEADER}\n{line}".encode())).fields
        assert (field.ind1 + field.ind2, field.subfields) == (indicators, (("a", "x"),))

    def test_an_indicator_nobody_can_place_is_told(self) -> None:
        found = staff_view.decode(raw(f"LEADER {LEADER}\n653 0 |a x ".encode()))
        assert found.caveats == ("653: which of its indicators is 0 cannot be told from the page",)

    def test_bars_in_values(self) -> None:
        text = f"LEADER {LEADER}\n245 0 0 |a This|that | other |x  |c me \n500 |a one "
        found = staff_view.decode(raw(text.encode()))
        assert found.fields[0].subfields == (("a", "This|that | other"), ("x", ""), ("c", "me"))

    def test_what_follows_the_fields_is_the_pages(self) -> None:
        text = f"T\n\nLEADER {LEADER}\n520 |a one \n\n two \n500 |a last \n\nSimilar Items\n500 results |x\n"
        found = staff_view.decode(raw(text.encode()))
        assert [field.subfields for field in found.fields] == [(("a", "one two"),), (("a", "last"),)]

    def test_the_page_this_project_began_with(self) -> None:
        text = (
            "MARC\n\nLEADER 00000 am a22000003u 4500\n001 doaj_28c9eb8a971d4c0f8570a3dd728e2092\n042 |a dc \n"
            "260 |b BMC,   |c 2024-04-01T00:00:00Z. \n655 7 |a article  |2 local \n"
            "856 4 1 |u https://doaj.org/article/28c9  |z Connect to this object online."
        )
        found = staff_view.decode(raw(text.encode()))
        assert found == MarcRecord(
            "00000 am a22000003u 4500",
            (
                MarcField("001", "doaj_28c9eb8a971d4c0f8570a3dd728e2092"),
                MarcField("042", "", " ", " ", (("a", "dc"),)),
                MarcField("260", "", " ", " ", (("b", "BMC,"), ("c", "2024-04-01T00:00:00Z."))),
                MarcField("655", "", " ", "7", (("a", "article"), ("2", "local"))),
                MarcField(
                    "856",
                    "",
                    "4",
                    "1",
                    (("u", "https://doaj.org/article/28c9"), ("z", "Connect to this object online.")),
                ),
            ),
        )

    @pytest.mark.parametrize("payload", [b"", b"LEADER x\n", b"hello\n245 is no field"])
    def test_what_is_no_page_is_rejected(self, payload: bytes) -> None:
        with pytest.raises(RecordRejected):
            staff_view.decode(raw(payload))


def test_a_page_copied_without_its_leader_line_has_its_fields() -> None:
    page = b"Staff View\n001 n1\n100 1 |a Somebody\n245 1 0 |a A title\n"
    found = staff_view.decode(RawRecord(identifier="n1", format="marc-view", payload=page))
    assert (found.control("001"), [field.tag for field in found.fields]) == ("n1", ["001", "100", "245"])
    assert found.caveats == ("the leader has 0 characters instead of 24",)
