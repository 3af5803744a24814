"""The mutant of the kill test: a server that says "kept" before the commit. It must be caught.

It is the real server with one line in the wrong order: a group is told its fate first and written a moment
later.
"""

import sys
import threading
import time
from collections.abc import Sequence

from granian import Granian
from granian.constants import Interfaces

from exam.cli import serve
from exam.storage import answer_journal
from exam.storage.answer_books import Book
from exam.storage.settling import Entered, Parcel
from exam.web.door import Door

LATER_SECONDS = 0.05


def enter_hastily(book: Book, parcels: Sequence[Parcel]) -> list[Entered | Exception]:
    """Promise every step at once; write them when the terminals already believe it."""
    threading.Thread(target=_write_later, args=(book, parcels), daemon=True).start()
    return [
        Entered(tuple((step, parcel.received_at) for step in parcel.steps), (), parcel.received_at)
        for parcel in parcels
    ]


_writing = threading.Lock()
_enter = answer_journal._enter


def _write_later(book: Book, parcels: Sequence[Parcel]) -> None:
    time.sleep(LATER_SECONDS)
    with _writing:
        _enter(book, parcels)


def door() -> Door:
    answer_journal._enter = enter_hastily
    return serve.door()


def main() -> None:
    port = int(sys.argv[sys.argv.index("--port") + 1])
    Granian(
        "tests.faults.hasty_server:door",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGINL,
        factory=True,
    ).serve()


if __name__ == "__main__":
    main()
