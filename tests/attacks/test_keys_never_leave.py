"""No key leaves the server: a whole candidate's journey is listened to, byte by byte.

Every rationale, source, seed and certificate of the planted bank bears a canary, and the right number of the
numeric question stands nowhere else. Bodies, headers, scripts and stylesheets are searched, plain and
encoded. Beside the words, the shape is searched too: nothing that is sent may differ with the key.
"""

import base64
import html
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from exam.app import create_app
from exam.config import Config
from exam.services.terminal import candidate
from exam.storage.engine import Database
from exam.storage.tables import Attempt, ItemVersionRow
from question_bank.items import ChosenKey, ItemVersion, Kind, OrderKey, Text
from tests import examination_room as rooms
from tests.conftest import StoppedClock
from tests.exam.web.page import KEY_CANARY
from tests.examination_room import NUMBER, SECRET

SECRETS = (KEY_CANARY, str(NUMBER), "түсіндірме", "пояснение")


class Listener:
    """A test client that keeps all it is told."""

    def __init__(self, app) -> None:
        self.client = app.test_client()
        self.heard: list[tuple[str, bytes]] = []
        self.token = ""

    def get(self, path: str):
        return self._heard(self.client.get(path))

    def post(self, path: str, data: dict | None = None, **given):
        sent = given or {"data": {"csrf_token": self.token, **(data or {})}}
        return self._heard(self.client.post(path, **sent))

    def _heard(self, reply):
        headers = "\n".join(f"{name}: {value}" for name, value in reply.headers)
        place = f"{reply.request.method} {reply.request.path} {reply.status_code}"
        self.heard += [(f"{place}, body", reply.data), (f"{place}, headers", headers.encode())]
        found = re.search(rb'name="csrf_token" (?:type="hidden" )?value="([^"]+)"', reply.data)
        self.token = found[1].decode() if found else self.token
        reply.close()
        return reply


def disguises(secret: str) -> Iterator[bytes]:
    """The ways in which a text may be written in a reply."""
    yield secret.encode()
    yield quote(secret).encode()
    yield html.escape(secret).encode()
    yield secret.encode("unicode_escape")
    yield secret.encode().hex().encode()
    for shift in range(3):  # base64 of a text depends on what stands before it
        told = b"x" * shift + secret.encode()
        yield base64.b64encode(told)[-(-8 * shift // 6) : 8 * len(told) // 6]


def leaks(heard: list[tuple[str, bytes]]) -> list[str]:
    """Where a secret was heard."""
    return [
        f"{secret!r} in {place}"
        for place, told in heard
        for secret in SECRETS
        if any(len(disguise) > 4 and disguise in told for disguise in disguises(secret))
    ]


def application(database: Database, folder, clock):
    app = create_app(Config(folder, "sqlite://", SECRET, cookie_secure=False), clock=clock, database=database)
    app.testing = True
    return app


@pytest.fixture
def app(sqlite_database, tmp_path, clock):
    return application(sqlite_database, tmp_path, clock)


def play(app, database: Database, clock: StoppedClock) -> Listener:
    """Play the whole journey, its wrong turns included, and listen."""
    listener = Listener(app)
    with database.writing() as session:
        room = rooms.room(session)
        code = rooms.code_for(session, room)
    listener.get("/terminal/")
    listener.post("/terminal/enter", {"code": "wrong"})
    listener.post("/terminal/enter", {"code": code})
    for path, data in (("identity", {}), ("language", {"language": "ru"}), ("rules", {"accepted": "y"})):
        listener.get("/terminal/")
        listener.post(f"/terminal/{path}", data)
    for part in ("legislation", "logic"):
        listener.get("/terminal/")
        listener.post(f"/terminal/start/{part}")
        page = listener.get("/terminal/").text
        attempt = int(re.search(r'data-attempt="(\d+)"', page)[1])
        answer_everything(listener, attempt)
        listener.get("/terminal/")
        listener.get(f"/terminal/clock/{attempt}")
        listener.post(f"/terminal/submit/{attempt}")
        answer_everything(listener, attempt, first=900)
    listener.get("/terminal/")
    for path in ("submit/1", "start/legislation", "clock/1", "clock/99", "nothing"):
        listener.post(f"/terminal/{path}")
        listener.get(f"/terminal/{path}")
    clock.forward(hours=1)
    listener.get("/terminal/")
    listen_to_what_pages_load(listener)
    return listener


def answer_everything(listener: Listener, attempt: int, *, first: int = 1) -> None:
    """Send right, wrong, impossible and cleared answers, and some twice."""
    steps = [[first + place, place, "1"] for place in range(8)]
    steps += [
        [first + 8, 4, str(NUMBER)[:3]],
        [first + 9, 1, "0,2"],
        [first + 10, 0, "9"],
        [first + 11, 0, ""],
    ]
    for sent in (steps, steps, [[first, 0, "3"]], [[first + 20, 77, "1"]]):
        listener.post("/terminal/save", json={"attempt": attempt, "steps": sent}, headers={"X-Synaq": "save"})


def listen_to_what_pages_load(listener: Listener) -> None:
    """Load every script and stylesheet that a heard page names, and what those name in turn."""
    waiting = {
        address
        for _, told in list(listener.heard)
        for address in re.findall(r'(?:src|href)="(/static/[^"#]+)', told.decode("utf-8", "ignore"))
    }
    waiting |= {f"/static/js/terminal/{name}.js" for name in ("part", "outbox", "responses", "handing-in")}
    for address in sorted(waiting):
        assert listener.get(address).status_code == 200, address


def test_no_key_is_heard_in_a_whole_journey(app, sqlite_database, clock):
    listener = play(app, sqlite_database, clock)
    assert len(listener.heard) > 80
    assert [place for place, _ in listener.heard if "/static/js/terminal/part.js" in place]
    assert not leaks(listener.heard)


def test_the_listener_hears_a_key_that_is_let_out(app, sqlite_database, clock, monkeypatch):
    """The mutant: a page that carries one rationale in an attribute must be caught."""
    from exam.services.terminal import part_page

    honest = part_page.shown

    def leaking(seed, version):
        told = base64.b64encode(version.rationale.ru.encode()).decode()
        return replace(honest(seed, version), unit=Text(told, told))

    monkeypatch.setattr(part_page, "shown", leaking)
    assert leaks(play(app, sqlite_database, clock).heard)


@pytest.mark.parametrize("secret", SECRETS)
def test_every_disguise_is_recognised(secret):
    told = f"x{secret} y"
    for written in (
        told,
        quote(told),
        told.encode().hex(),
        base64.b64encode(f"ab{told}cd".encode()).decode(),
    ):
        assert leaks([("somewhere", written.encode())]), written


def with_another_key(version: ItemVersion) -> ItemVersion:
    """The same question with another option right."""
    match version.key:
        case ChosenKey() if version.kind is Kind.SINGLE:
            return replace(version, key=ChosenKey(frozenset({3})))
        case ChosenKey():
            return replace(version, key=ChosenKey(frozenset({1, 3})))
        case OrderKey(order):
            return replace(version, key=OrderKey((*order[1:], order[0])))
    return version


def test_what_is_sent_does_not_depend_on_the_key(sqlite_database, tmp_path, clock, monkeypatch):
    """Two worlds that differ in nothing but the keys look the same from a terminal."""
    app = application(sqlite_database, tmp_path, clock)
    with sqlite_database.writing() as session:
        held = rooms.lead_to_the_questions(session, rooms.room(session))
        attempt = session.scalars(sa.select(Attempt.id)).one()
    client = app.test_client()
    client.set_cookie("synaq_terminal", terminal_cookie(held), path="/terminal")

    def seen() -> tuple[str, str]:
        page = re.sub(r'name="csrf_token"[^>]*', "", client.get("/terminal/").text)
        saved = client.post(
            "/terminal/save",
            json={"attempt": attempt, "steps": [[1, 0, "1"], [2, 1, "0,2"]]},
            headers={"X-Synaq": "save"},
        )
        return re.sub(r'value="[^"]{60,}"', "", page), saved.text

    seen()
    before = seen()
    from exam.services.bank import form_reading

    honest = form_reading.from_content
    monkeypatch.setattr(form_reading, "from_content", lambda content: with_another_key(honest(content)))
    assert seen() == before
    with sqlite_database.reading() as session:
        first = session.scalars(sa.select(ItemVersionRow).order_by(ItemVersionRow.id)).first()
        assert form_reading.from_content(first.content) != honest(first.content)


def terminal_cookie(held: candidate.TerminalPass) -> str:
    from exam.services.terminal.answering import sign_pass

    return sign_pass(held, SECRET)
