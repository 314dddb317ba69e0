"""Everything a user can name is in the manual."""

import re
from pathlib import Path

import click
import pytest

from catalog import errors
from catalog.crosswalk import CROSSWALKS
from catalog.export import EXPORTERS
from catalog.export.presets import PRESETS as TOOLS
from catalog.record import Record
from cli.config import KEYS, SERVING
from cli.main import COMMANDS, app
from harvester.sru.presets import PRESETS
from index.fields import FACETS, FIELD_NAMES, GROUPS

DOCS = Path(__file__).resolve().parents[2] / "docs"


def text_of(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def error_names() -> list[str]:
    found = [errors.CatalogueError]
    for kind in found:
        found.extend(kind.__subclasses__())
    return [kind.__name__ for kind in found if kind.__module__ == errors.__name__]


def command_paths() -> list[tuple[str, ...]]:
    paths: list[tuple[str, ...]] = []
    for name in COMMANDS:
        command = app.get_command(click.Context(app), name)
        below = command.commands if isinstance(command, click.Group) else ()
        paths += [(name,), *((name, each) for each in below)]
    return paths


@pytest.mark.parametrize("path", command_paths(), ids=" ".join)
def test_commands_are_documented(path: tuple[str, ...]) -> None:
    assert f"\n#{'#' * len(path)} peerlit {' '.join(path)}\n" in text_of("commands.md")


@pytest.mark.parametrize("path", command_paths(), ids=" ".join)
def test_options_have_a_help_line(path: tuple[str, ...]) -> None:
    command: click.Command = app
    for name in path:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None
        command = found
    silent = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert not silent


@pytest.mark.parametrize("name", [*FIELD_NAMES, *GROUPS])
def test_query_fields_are_documented(name: str) -> None:
    assert f"`{name}`" in text_of("query.md")


@pytest.mark.parametrize("name", FACETS)
def test_facets_are_documented(name: str) -> None:
    assert f"`{name}`" in text_of("query.md").partition("## Facets")[2]


@pytest.mark.parametrize("name", EXPORTERS)
def test_exporters_are_documented(name: str) -> None:
    assert f"`{name}`" in text_of("formats.md")


@pytest.mark.parametrize("name", TOOLS)
def test_tools_are_documented(name: str) -> None:
    assert f"| `{name}` |" in text_of("formats.md").partition("### For a tool")[2]


@pytest.mark.parametrize("name", CROSSWALKS)
def test_crosswalks_are_documented(name: str) -> None:
    assert f"`{name}`" in text_of("formats.md")


@pytest.mark.parametrize("name", Record.__struct_fields__)
def test_record_fields_are_documented(name: str) -> None:
    assert f"| `{name}` |" in text_of("records.md")


@pytest.mark.parametrize("name", error_names())
def test_errors_are_documented(name: str) -> None:
    assert f"`{name}`" in text_of("errors.md")


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_decisions_have_a_status() -> None:
    for page in sorted((DOCS / "adr").glob("*.md")):
        assert "\nStatus: " in page.read_text(encoding="utf-8"), page.name


@pytest.mark.parametrize("key", KEYS)
def test_configuration_is_documented(key: str) -> None:
    assert f"| `{key}` |" in text_of("harvesting.md")


@pytest.mark.parametrize("key", SERVING)
def test_configuration_of_a_server_is_documented(key: str) -> None:
    assert f"| `{key}` |" in text_of("serving.md")
    command = app.get_command(click.Context(app), "serve")
    assert command is not None
    assert f"--{key}" in {name for option in command.params for name in option.opts}


@pytest.mark.parametrize("name", PRESETS)
def test_servers_known_by_name_are_documented(name: str) -> None:
    assert f"| `{name}` |" in text_of("harvesting.md")
