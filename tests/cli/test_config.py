"""The configuration file: read where it is, refused where it cannot be meant."""

from pathlib import Path

import pytest

from catalog.errors import UsageFault
from cli.config import config, serving
from cli.settings import Settings


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "peerlit.toml"
    monkeypatch.setenv("PEERLIT_CONFIG", str(path))
    return path


def test_settings_are_read(file: Path) -> None:
    file.write_text('mailto = "a@example.org"\n', encoding="utf-8")
    assert config() == {"mailto": "a@example.org"}


def test_there_need_be_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PEERLIT_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert config() == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('mail = "a@example.org"', "there is no setting 'mail'"),
        ("mailto = 3", "mailto must be a text"),
        ('mailto = ""', "mailto must be a text"),
        ("mailto", "cannot be read"),
        ("\udcff", "cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_refused(file: Path, text: str, said: str) -> None:
    file.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(UsageFault, match=said):
        config()


def test_a_server_has_a_table_of_its_own(file: Path) -> None:
    file.write_text('mailto = "a@example.org"\n[serve]\nport = 80\ntrust-proxy = ["::1"]\n', encoding="utf-8")
    assert config() == {"mailto": "a@example.org"}
    assert serving() == {"port": 80, "trust-proxy": ["::1"]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("serve = 1", "serve must be a table"),
        ("[serve]\nprot = 80", "there is no setting 'prot'"),
        ('[serve]\ntrust-proxy = "::1"', "trust-proxy must be a list"),
        ("[serve.port]", "port must be one value"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused(file: Path, text: str, said: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageFault, match=said):
        serving()


@pytest.mark.usefixtures("file")
def test_a_file_that_was_named_must_be_there() -> None:
    with pytest.raises(UsageFault, match="no such file"):
        config()


def test_the_catalogue_can_be_named_once_for_all(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('catalog = "/from/file"\n', encoding="utf-8")
    monkeypatch.delenv("PEERLIT_CATALOG", raising=False)
    assert Settings().folder() == Path("/from/file")
    monkeypatch.setenv("PEERLIT_CATALOG", "/from/environment")
    assert Settings().folder() == Path("/from/environment")
    assert Settings(catalog="/from/option").folder() == Path("/from/option")
