"""Answers that were made before, for the next who asks for the same: as many as find room."""

from collections import OrderedDict
from threading import Lock

from starlette.responses import Response

_ROOM = 32 << 20
"""Bytes of one process: some five hundred pages of results."""

_HEAD = 1_000
"""Bytes that an answer takes beside its body."""

_LARGEST = _ROOM // 32
_OK = 200


class Kept:
    """Answers by what they depend on, entity tags for instance; those not asked for longest make room."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._answers: OrderedDict[str, tuple[bytes, list[tuple[bytes, bytes]]]] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str) -> Response | None:
        """Return an answer like the one that was kept, its own to change."""
        with self._lock:
            if name not in self._answers:
                return None
            self._answers.move_to_end(name)
            body, headers = self._answers[name]
        answer = Response()
        answer.body, answer.raw_headers = body, list(headers)
        return answer

    def keep(self, name: str, answer: Response) -> None:
        """Keep an answer that was made whole and well; what is streamed goes by."""
        body = getattr(answer, "body", None)
        if answer.status_code != _OK or not isinstance(body, bytes) or len(body) > _LARGEST:
            return
        with self._lock:
            if name in self._answers:
                return
            self._answers[name] = body, list(answer.raw_headers)
            self._room -= len(body) + _HEAD
            while self._room < 0:
                _, (body, _) = self._answers.popitem(last=False)
                self._room += len(body) + _HEAD
