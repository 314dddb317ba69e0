"""Resumption tokens: all that is to be known of a list under way, in the token itself."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Annotated
from zlib import crc32

import msgspec

_VERSION = 1
_MOST = 2**62
_CHECK = 4

_Count = Annotated[int, msgspec.Meta(ge=0, le=_MOST)]


class Place(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """Where in which list: behind the revision `after`, or the set of that number; 0 where it begins.

    `start`: the revision behind which the list begins. `cursor` and `size` are as the catalogue was when its
    last revision was `top`; 0 says that it is not known of which moment they are.
    """

    verb: str
    prefix: str = ""
    until: str | None = None
    spec: str | None = None
    start: _Count = 0
    after: _Count = 0
    cursor: _Count = 0
    size: _Count | None = None
    top: _Count = 0


_TO_BYTES = msgspec.msgpack.Encoder()
_FROM_BYTES = msgspec.msgpack.Decoder(tuple[int, Place])


def written(place: Place, key_at: Callable[[int], str | None]) -> str:
    """Return the token of a place, of characters that need no encoding in an address.

    `key_at` tells what record a revision changed: a token is worth nothing in another catalogue.
    """
    told = _TO_BYTES.encode((_VERSION, place))
    return _text(told + _check(told, place, key_at))


def read(token: str, key_at: Callable[[int], str | None]) -> Place | None:
    """Return the place of a token; None when it is none of ours."""
    try:
        sent = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        told, check = sent[:-_CHECK], sent[-_CHECK:]
        version, place = _FROM_BYTES.decode(told)
    except (ValueError, msgspec.MsgspecError):  # binascii.Error and UnicodeError are ValueErrors
        return None
    # The decoder passes over what is no base64: what was tampered with would be as good as what was not.
    genuine = version == _VERSION and token == _text(sent) and check == _check(told, place, key_at)
    return place if genuine else None


def _text(token: bytes) -> str:
    return urlsafe_b64encode(token).decode().rstrip("=")


def _check(told: bytes, place: Place, key_at: Callable[[int], str | None]) -> bytes:
    key = key_at(place.after) if place.prefix else ""
    return crc32(told + repr(key).encode()).to_bytes(_CHECK, "big")
