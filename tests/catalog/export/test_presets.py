"""What is set for each tool, and exports cut into files of its size."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import UsageFault
from catalog.export import EXPORTERS, Entry, Options
from catalog.export.columns import FIELDS
from catalog.export.presets import PRESETS, Limit, Preset, chosen
from catalog.export.splitting import Split
from catalog.record import Record
from tests.catalog.export.torture import article, body


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_a_preset_is_of_formats_there_are(preset: Preset) -> None:
    assert set(preset.formats) <= set(EXPORTERS)
    assert set(preset.settings.fields) <= set(FIELDS)
    assert preset.source.startswith("https://")
    assert PRESETS[preset.name] is preset


def test_the_best_format_is_taken_and_the_one_asked_for_wins() -> None:
    assert chosen(PRESETS["covidence"], None, Options())[0] == "ris"
    assert chosen(PRESETS["covidence"], "endnote-xml", Options())[0] == "endnote-xml"
    with pytest.raises(UsageFault, match="ASReview does not take bibtex"):
        chosen(PRESETS["asreview"], "bibtex", Options())


def test_what_was_asked_for_stays() -> None:
    _, options = chosen(
        PRESETS["asreview"], None, Options(url="never", fields=("key",), batch="x", excel=True)
    )
    assert options == Options(url="never", fields=("key",), batch="x", excel=True, split_names=True)
    _, options = chosen(PRESETS["covidence"], None, Options(batch="x"))
    assert options == Options(url="always", batch="x", batch_as="note", split_names=True)


def cut(count: int, limit: Limit, form: str = "keys", title: str = "") -> list[str]:
    entries = (Entry(f"k{n}", f"x:{n}", Record(title=title or None)) for n in range(count))
    split = Split(entries, lambda some: EXPORTERS[form].write(some, Options()), limit)
    return ["".join(texts) for texts in split]


@given(st.integers(0, 30), st.none() | st.integers(1, 9))
@settings(deadline=None, max_examples=40)
def test_files_hold_every_entry_once_and_none_too_many(count: int, most: int | None) -> None:
    files = cut(count, Limit(records=most))
    assert "".join(files) == "".join(f"x:{n}\n" for n in range(count))
    assert len(files) == (max(1, -(-count // most)) if most else 1)
    assert all(text.count("\n") <= (most or count) for text in files)


def test_files_are_closed_before_they_are_too_large() -> None:
    files = cut(50, Limit(megabytes=1), "endnote-xml", title="é" * 50_000)
    assert len(files) > 1
    assert all(len(text.encode()) <= 1_100_000 for text in files)
    assert all(text.endswith("</records></xml>\n") for text in files)
    assert sum(text.count("<record>") for text in files) == 50


def test_an_export_of_nothing_is_a_file() -> None:
    assert cut(0, Limit(records=5), "csl-json") == ["[]\n"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("ris", "AU  - Roe, Anna\r\nAU  - Bansal, S\r\nAU  - World Bank\r\nAU  - 王小明\r\n"),
        (
            "csl-json",
            '[{"family":"Roe","given":"Anna"},{"family":"Bansal","given":"S"},{"literal":"World Bank"},',
        ),
        ("nbib", "FAU - Roe, Anna\nAU  - Roe A\nFAU - Bansal, S\nAU  - Bansal S\nCN  - World Bank\n"),
        ("endnote-xml", ">Roe, Anna</style></author><author>"),
    ],
)
def test_whole_names_are_cut_where_it_is_asked_for(form: str, expected: str) -> None:
    entry = Entry("k", "k", article("T", "Anna Roe", "Bansal S", body("World Bank"), "王小明"))
    write = EXPORTERS[form].write
    assert expected in "".join(write([entry], Options(split_names=True)))
    assert expected not in "".join(write([entry], Options()))
