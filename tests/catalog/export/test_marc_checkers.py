"""What programs that judge MARC say of ours; each is asked where it is installed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from catalog.crosswalk import crosswalk
from catalog.export import Entry, Options
from catalog.export.marc import write
from catalog.record import Record
from harvester.files.paths import read
from tests.catalog.export.library import LIBRARY
from tests.catalog.export.torture import OTHER_SCRIPTS, TORTURE

HERE = Path(__file__).resolve().parents[3]
SHARED = HERE.parent / "shared" / "data"
FOLDERS = (HERE / "cli" / "sample", SHARED / "doaj", SHARED / "oai", SHARED / "marc" / "loc-peer-support.mrc")

pytestmark = pytest.mark.slow

# MARC::Lint knows only punctuation as it was before LDR/18 could say that there is none, and takes any word
# that is an article in some language for one: https://www.loc.gov/marc/bibliographic/bdleader.html
_NOISE = re.compile(
    r"245: (?:Must end with \.|Subfield _b should be preceded by|MARC21 allows \? or ! as final|First word, )"
)
_LINT = (
    "use MARC::Batch; use MARC::Lint; my $lint = MARC::Lint->new;"
    "my $batch = MARC::Batch->new('USMARC', $ARGV[0]); my $count = 0;"
    "while (my $record = $batch->next) { $count++; $lint->check_record($record);"
    "print map { qq($_\n) } $lint->warnings }"
    "print qq($count records\n);"
)
_SCHEMA = (
    "use MARC::Batch; use MARC::Schema; my $schema = MARC::Schema->new; my $count = 0;"
    "my $batch = MARC::Batch->new('USMARC', $ARGV[0]); while (my $record = $batch->next) { $count++;"
    "my @fields = map { $_->is_control_field ? [$_->tag, undef, undef, '_', $_->data]"
    " : [$_->tag, $_->indicator(1), $_->indicator(2), map { @$_ } $_->subfields] } $record->fields;"
    "for my $error ($schema->check({record => [['LDR', undef, undef, '_', $record->leader], @fields]}))"
    " { print qq($error->{tag}: $error->{error}\n) } }"
    "print qq($count records\n);"
)


def records() -> list[Record]:
    found = [entry.record for entry in (*LIBRARY, *TORTURE, *OTHER_SCRIPTS)]
    for folder in FOLDERS:
        paths = [folder] if folder.is_file() else sorted(folder.rglob("*.*"))
        for path in paths:
            if path.suffix in (".mrc", ".json", ".jsonl", ".ndjson", ".xml"):
                found.extend(below(path))
    return found


def below(path: Path) -> list[Record]:
    try:
        with read(path) as reading:
            return [made for raw in reading if isinstance(made := crosswalk(raw), Record)]
    except Exception:  # noqa: BLE001  # files damaged on purpose: other tests are about them
        return []


@pytest.fixture(scope="module")
def marc_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("marc") / "all.mrc"
    entries = (
        Entry(f"k{at}", f"a/{at}", record, "2024-05-06T07:08:09Z", "2024-05-07T07:08:09Z")
        for at, record in enumerate(records())
    )
    path.write_text("".join(write(entries, Options())), encoding="utf-8", newline="")
    return path


def said(*command: str) -> list[str]:
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    return [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]


@pytest.mark.skipif(not shutil.which("yaz-marcdump"), reason="yaz is not installed")
def test_yaz_has_nothing_to_say(marc_file: Path) -> None:
    assert said("yaz-marcdump", "-n", str(marc_file)) == []


def perl(script: str, module: str, path: Path) -> list[str]:
    if not shutil.which("perl") or subprocess.run(["perl", f"-M{module}", "-e1"], check=False).returncode:
        pytest.skip(f"{module} is not installed")
    *lines, counted = said("perl", "-e", script, str(path))
    assert int(counted.split()[0]) > len(LIBRARY)
    return lines


def test_marc_lint_asks_for_punctuation_alone(marc_file: Path) -> None:
    warnings = perl(_LINT, "MARC::Lint", marc_file)
    assert [warning for warning in warnings if not _NOISE.match(warning)] == []


def test_marc_schema_finds_no_error(marc_file: Path) -> None:
    assert perl(_SCHEMA, "MARC::Schema", marc_file) == []
