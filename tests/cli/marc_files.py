"""Files of MARC records like a library's, made to measure: many that are sound, some that are not."""

import random
from collections.abc import Iterator
from pathlib import Path

from tests.marc_bytes import marc_bytes

_TOPICS = (
    "peer support recovery mental health workers groups community self-help care families schools rural",
    "online veterans nursing evaluation theory practice history water méthodes Gesundheit поддержка 支援",
)
_WORDS = [word for line in _TOPICS for word in line.split()]
_FAMILIES = ("Ng", "Smith", "García Márquez", "Åström", "Иванова", "O'Brien", "de la Cruz", "支")
_PLACES = ("Geneva", "Oslo", "São Paulo", "Kyoto")


def write_marc(path: Path, count: int, *, seed: int = 1, prefix: str = "n") -> Path:
    """Write that many records; about one in twelve is damaged, repeated, or without a control number."""
    with path.open("wb") as file:
        file.writelines(records(count, seed=seed, prefix=prefix))
    return path


def records(count: int, *, seed: int = 1, prefix: str = "n") -> Iterator[bytes]:
    """Yield that many records, the same for the same seed."""
    chance = random.Random(seed)
    for number in range(count):
        # A control number may come twice, on other bytes: real files do that.
        control = chance.randrange(number) if number and chance.random() < 0.02 else number
        yield _damaged(_record(f"{prefix}{control}", chance), chance)


def _record(control: str, chance: random.Random) -> bytes:
    title = " ".join(chance.choices(_WORDS, k=chance.randint(2, 9)))
    family = chance.choice(_FAMILIES)
    year = chance.randint(1950, 2024)
    fields = [
        ("001", control),
        ("008", f"870205s{year}    nyu           000 1 eng d"),
        ("020", f"  \x1fa978{chance.randint(0, 10**10):010d}"),
        ("100", f"1 \x1fa{family}, {chance.choice('ABC')}."),
        ("245", f"10\x1fa{title} :\x1fb{chance.choice(_WORDS)} /\x1fc{family}."),
        ("260", f"  \x1fa{chance.choice(_PLACES)} :\x1fbPress,\x1fc{year}."),
        ("520", f"  \x1fa{' '.join(chance.choices(_WORDS, k=40))}."),
        ("650", f" 0\x1fa{chance.choice(_WORDS)}\x1fx{chance.choice(_WORDS)}."),
        ("856", f"40\x1fuhttps://example.org/{chance.randrange(500)}"),
    ]
    kept = [field for field in fields if field[0] != "001" or chance.random() > 0.01]
    return marc_bytes([(tag, value.encode()) for tag, value in kept])


def _damaged(record: bytes, chance: random.Random) -> bytes:
    """Return the record, or for about one in twenty something a reader stumbles over."""
    match chance.randrange(160):
        case 0:
            return b"99999" + record[5:]  # the leader lies about the length
        case 1:
            return record[: len(record) // 2] + b"\x1d"  # cut off
        case 2:
            return record[:24] + bytes(b"x"[0] if 48 <= each <= 57 else each for each in record[24:])
        case 3:
            return b"00026nam  2200025 a 4500\x1e\x1d"  # no field at all
        case 4:
            return record + b"\x00\x00\r\nnothing of ours\r\n"  # waste between records
        case 5:
            return record + record  # twice the same
        case 6:
            return record.replace(b"\xc3", b"\xc3\x28")  # broken UTF-8
        case 7:
            return record[:5] + b"d" + record[6:]  # deleted
        case _:
            return record
