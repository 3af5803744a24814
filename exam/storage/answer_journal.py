"""The answer journal: steps are appended in groups, and nothing is told before the commit has returned.

Requests leave parcels; one writer per process takes all that waits, appends it in one transaction and then
says to each what became of it. A slow disk makes the groups larger, not the queue longer. On SQLite the
writers of several processes take turns by a file lock, because a writer that meets a busy database would
sleep; on PostgreSQL a group is one statement that holds the attempts by a shared row lock, so that nobody
closes an attempt between the check and the commit.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence

from exam.storage.answer_books import Book, open_book
from exam.storage.engine import Database
from exam.storage.settling import Entered, Parcel

log = logging.getLogger(__name__)

MOST_WAITING = 20_000
IDLE_SECONDS = 5.0
KEEP_SECONDS = 20.0
PACE_SECONDS = 0.002
"""From the beginning of a group to the next: on a fast disk many small groups cost more than they save."""


class JournalError(Exception):
    """The journal could not keep a parcel now; the terminal keeps it and sends it again."""


Done = Callable[[Entered | Exception], None]
Deliver = Callable[[Callable[[], None]], object]


class AnswerJournal:
    """The writer of one process.

    Parameters
    ----------
    database : Database
    deliver : callable, optional
        Runs the calls that tell a whole group its fate; ``loop.call_soon_threadsafe`` wakes an event loop
        once a group instead of once an answer. In the writer's own thread when not given.
    """

    def __init__(
        self, database: Database, *, deliver: Deliver | None = None, idle_seconds: float = IDLE_SECONDS
    ) -> None:
        self._database = database
        self._deliver: Deliver = deliver or (lambda tell: tell())
        self._idle_seconds = idle_seconds
        self._waiting: list[tuple[Parcel, Done]] = []
        self._arrived = threading.Condition()
        self._writing = False

    def submit(self, parcel: Parcel, done: Done) -> None:
        """Leave a parcel; `done` hears of it after the commit, or of the error that prevented it.

        Raises
        ------
        JournalError
            If too many parcels wait already.
        """
        with self._arrived:
            if len(self._waiting) >= MOST_WAITING:
                raise JournalError("too many answers wait")
            self._waiting.append((parcel, done))
            if self._writing:
                self._arrived.notify()
            else:
                self._writing = True
                threading.Thread(target=self._write, name="answer-journal", daemon=True).start()

    def keep(self, parcel: Parcel, *, seconds: float = KEEP_SECONDS) -> Entered:
        """Leave a parcel and wait until it is committed; JournalError when it was not, or not in time."""
        told: list[Entered | Exception] = []
        over = threading.Event()

        def done(entered: Entered | Exception) -> None:
            told.append(entered)
            over.set()

        self.submit(parcel, done)
        if not over.wait(seconds):
            raise JournalError("the answer was not kept in time")
        if isinstance(told[0], Exception):
            raise told[0]
        return told[0]

    def _write(self) -> None:
        """Write until nothing has arrived for a while; then put the connection away."""
        book: Book | None = None
        while group := self._next_group():
            began = time.monotonic()
            try:
                book = book or open_book(self._database)
                fates = _enter(book, [parcel for parcel, _ in group])
            except Exception as error:  # noqa: BLE001  whoever waits must hear of it, whatever it is
                fates = [JournalError(repr(error))] * len(group)
                _put_away(book)
                book = None
            try:
                self._deliver(_telling(group, fates))
            except RuntimeError:
                log.exception("%d kept answers could not be told: the event loop is closed", len(group))
            time.sleep(max(0.0, began + PACE_SECONDS - time.monotonic()))
        _put_away(book)

    def _next_group(self) -> list[tuple[Parcel, Done]]:
        with self._arrived:
            if not self._waiting:
                self._arrived.wait(self._idle_seconds)
            group, self._waiting = self._waiting, []
            self._writing = bool(group)
            return group


def _telling(
    group: Sequence[tuple[Parcel, Done]], fates: Sequence[Entered | Exception]
) -> Callable[[], None]:
    def tell() -> None:
        for (_, done), fate in zip(group, fates, strict=True):
            done(fate)

    return tell


def _enter(book: Book, parcels: Sequence[Parcel]) -> list[Entered | Exception]:
    """Enter a group at once; where the database refuses one of its rows, each parcel for itself."""
    try:
        return list(book.enter(parcels))
    except (book.connection.IntegrityError, book.connection.DataError) as error:
        if len(parcels) == 1:
            return [JournalError(repr(error))]
    return [fate for parcel in parcels for fate in _enter(book, [parcel])]


def _put_away(book: Book | None) -> None:
    if book is not None:
        book.connection.close()
