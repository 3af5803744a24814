"""Saving answers over HTTP: through the front door, and through the Flask view that decides the same."""

import asyncio
import json
import threading

import pytest
import sqlalchemy as sa
from flask import Flask, request

from exam.app import SECURITY_HEADERS, create_app
from exam.config import Config
from exam.services.terminal.answering import (
    PASS_COOKIE,
    AnswerDesk,
    JournalError,
    Step,
    TerminalPass,
    sign_pass,
    sign_receipt,
)
from exam.storage.tables import Attempt
from exam.storage.tables import Step as StepRow
from exam.web.door import Door
from exam.web.saving import LARGEST_SAVE, SAVE_PATH, read_steps
from tests import factories as make
from tests.factories import NOON

KEY = b"k" * 32
SAVE_HEADERS = {"Content-Type": "application/json", "X-Synaq": "save", "Host": "exam.local"}


@pytest.fixture
def terminal(sqlite_database):
    """The pass of a terminal and its attempt, in the middle of a sitting."""
    with sqlite_database.writing() as session:
        campaign = make.campaign(session)
        sitting = make.sitting(session, make.schedule(session, campaign))
        row = make.attempt(
            session, make.admission(session, sitting, make.enrolment(session, of=campaign, stage=3))
        )
        return TerminalPass(row.admission_id, 0), row.id


@pytest.fixture
def pages(sqlite_database, clock, tmp_path):
    app = create_app(
        Config(tmp_path, "unused", KEY, cookie_secure=False), clock=clock, database=sqlite_database
    )
    app.testing = True
    return app


class Wire:
    """One request to an ASGI application, part by part, and the answer that came."""

    def __init__(
        self, app, path=SAVE_PATH, *, method="POST", headers=None, parts=(b"",), hang=False, gone=False
    ):
        self.app, self.parts, self.hang, self.gone = app, list(parts), hang, gone
        self.scope = {
            "type": "http", "http_version": "1.1", "method": method, "path": path, "query_string": b"",
            "scheme": "http", "server": ("exam.local", 80), "client": ("10.0.0.7", 5000),
            "headers": [(n.lower().encode(), v.encode()) for n, v in (headers or {}).items()],
        }  # fmt: skip
        self.status, self.headers, self.body = None, {}, b""

    async def receive(self):
        if self.parts:
            part = self.parts.pop(0)
            return {
                "type": "http.request",
                "body": part,
                "more_body": bool(self.parts) or self.hang or self.gone,
            }
        if not self.gone:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.body += message["body"]

    async def run(self):
        await self.app(self.scope, self.receive, self.send)
        return self

    @property
    def json(self):
        return json.loads(self.body)


class ThroughTheDoor:
    def __init__(self, pages, database, clock):
        self.door = Door(
            pages,
            lambda deliver: AnswerDesk(database, KEY, deliver=deliver),
            security_headers=SECURITY_HEADERS,
            clock=clock,
        )
        self.loop = asyncio.Runner()

    def close(self):
        self.loop.close()

    def save(self, body, *, cookie, headers=SAVE_HEADERS):
        sent = headers | ({"Cookie": f"language=kk; {PASS_COOKIE}={cookie}"} if cookie else {})
        wire = self.loop.run(Wire(self.door, headers=sent, parts=[body]).run())
        return wire.status, wire.json


class ThroughFlask:
    def __init__(self, pages, database, clock):
        self.pages = pages

    def close(self):
        pass

    def save(self, body, *, cookie, headers=SAVE_HEADERS):
        client = self.pages.test_client()
        if cookie:
            client.set_cookie(PASS_COOKIE, cookie, domain="exam.local")
        answer = client.post(SAVE_PATH, data=body, headers=headers, base_url="http://exam.local")
        return answer.status_code, answer.json


@pytest.fixture(params=[ThroughTheDoor, ThroughFlask])
def way(request, pages, sqlite_database, clock):
    made = request.param(pages, sqlite_database, clock)
    yield made
    made.close()


@pytest.fixture
def cookie(terminal):
    return sign_pass(terminal[0], KEY)


def asked(attempt_id, *steps):
    return json.dumps({"attempt": attempt_id, "steps": steps}).encode()


def stored(database):
    with database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(StepRow))


def without(name):
    return {key: value for key, value in SAVE_HEADERS.items() if key != name}


@pytest.mark.parametrize(
    "headers",
    [
        without("X-Synaq"),
        SAVE_HEADERS | {"X-Synaq": "yes"},
        SAVE_HEADERS | {"Origin": "http://elsewhere.local"},
        SAVE_HEADERS | {"Origin": "null"},
        SAVE_HEADERS | {"Origin": "http://exam.local.elsewhere"},
    ],
)
def test_another_site_cannot_save(way, terminal, cookie, sqlite_database, headers):
    assert way.save(asked(terminal[1], [1, 0, "2"]), cookie=cookie, headers=headers) == (
        403,
        {"error": "cross_site"},
    )
    assert stored(sqlite_database) == 0


@pytest.mark.parametrize("given", [None, "", "x", sign_pass(TerminalPass(1, 0), b"o" * 32)])
def test_nothing_is_saved_without_a_pass(way, terminal, sqlite_database, given):
    assert way.save(asked(terminal[1], [1, 0, "2"]), cookie=given) == (401, {"error": "no_pass"})
    assert stored(sqlite_database) == 0


@pytest.mark.parametrize(
    ("changed", "code"), [({"admission_id": 99}, "not_yours"), ({"binding": 1}, "other_terminal")]
)
def test_a_pass_for_another_attempt_or_terminal_is_refused(way, terminal, changed, code):
    fields = {"admission_id": terminal[0].admission_id, "binding": 0} | changed
    answer = way.save(asked(terminal[1], [1, 0, "2"]), cookie=sign_pass(TerminalPass(**fields), KEY))
    assert answer == (403, {"saved": [], "refused": [[1, code]], "seconds_left": 0, "error": code})


MALFORMED = [
    b"", b"{}", b"[]", b"null", b"{", b"\xff", b"[" * 30_000,
    b'{"attempt":1}', b'{"attempt":1,"steps":[]}', b'{"attempt":1,"steps":[[1,0]]}',
    b'{"attempt":1,"steps":{}}', b'{"attempt":1,"steps":[[1,0,"2"]],"more":1}',
    *(b'{"attempt":%s,"steps":[[1,0,"2"]]}' % wrong for wrong in (
        b"true", b"1.0", b'"1"', b"null", b"-1", b"2147483648", b"9" * 5000,
    )),
    *(b'{"attempt":1,"steps":[[%s,0,"2"]]}' % wrong for wrong in (b"-1", b"2147483648", b"NaN", b"1e2")),
    *(b'{"attempt":1,"steps":[[1,%s,"2"]]}' % wrong for wrong in (b"-1", b"32768", b"0.5")),
    *(b'{"attempt":1,"steps":[[1,0,%s]]}' % wrong for wrong in (
        b"2", b"null", b'"2\\n"', b'"a"', b'" "', '"٢"'.encode(), b'"%s"' % (b"1" * 65),
    )),
    b'{"attempt":1,"steps":[%s]}' % b",".join([b'[1,0,"2"]'] * 201),
]  # fmt: skip


@pytest.mark.parametrize("body", MALFORMED, ids=range(len(MALFORMED)))
def test_what_is_not_exactly_as_agreed_is_refused(way, cookie, sqlite_database, body):
    assert way.save(body, cookie=cookie) == (400, {"error": "malformed"})
    assert stored(sqlite_database) == 0


@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", "application/jsonx"]
)
def test_a_body_that_is_not_announced_as_json_is_refused(way, terminal, cookie, kind):
    headers = without("Content-Type") | ({"Content-Type": kind} if kind else {})
    assert way.save(asked(terminal[1], [1, 0, "2"]), cookie=cookie, headers=headers)[0] == 400


def test_a_body_that_is_too_long_is_refused(way, cookie):
    assert way.save(b" " * (LARGEST_SAVE + 1), cookie=cookie) == (413, {"error": "too_large"})


@pytest.mark.parametrize(("by", "code"), [("candidate", "already_submitted"), ("time", "already_closed")])
def test_a_closed_attempt_answers_409_and_gives_old_receipts_again(
    way, terminal, cookie, sqlite_database, by, code
):
    attempt_id = terminal[1]
    first = way.save(asked(attempt_id, [1, 0, "2"]), cookie=cookie)[1]
    with sqlite_database.writing() as session:
        row = session.get_one(Attempt, attempt_id)
        row.closed_at, row.closed_by = NOON, by
    status, told = way.save(asked(attempt_id, [1, 0, "2"], [2, 1, "3"]), cookie=cookie)
    assert (status, told["error"], told["refused"]) == (409, code, [[2, code]])
    assert told["saved"] == first["saved"]
    assert way.save(asked(attempt_id, [1, 0, "2"]), cookie=cookie)[0] == 200


def test_an_answer_after_the_time_is_refused_with_its_code(way, terminal, cookie, clock):
    clock.forward(minutes=31)
    status, told = way.save(asked(terminal[1], [1, 0, "2"]), cookie=cookie)
    assert (status, told["error"], told["seconds_left"]) == (409, "time_over", 0)


def test_answers_are_saved_with_a_receipt_each(way, terminal, cookie, sqlite_database):
    attempt_id = terminal[1]
    status, told = way.save(
        asked(attempt_id, [1, 0, "2"], [2, 3, ""], [3, 1, "-1.5,2"], [4, 9, "1"]),
        cookie=cookie,
        headers=SAVE_HEADERS
        | {"Origin": "http://exam.local", "Content-Type": "application/json; charset=utf-8"},
    )
    assert status == 200
    assert told["refused"] == [[4, "no_such_question"]]
    assert told["seconds_left"] == 1800
    assert told["saved"] == [
        [
            seq,
            sign_receipt(Step(attempt_id, seq, place, given), NOON, KEY).signature,
            "2024-05-14T07:00:00.000000+00:00",
        ]
        for seq, place, given in ((1, 0, "2"), (2, 3, ""), (3, 1, "-1.5,2"))
    ]
    assert stored(sqlite_database) == 3


def test_a_number_used_twice_is_a_conflict_and_no_error_of_the_whole(way, terminal, cookie):
    way.save(asked(terminal[1], [1, 0, "2"]), cookie=cookie)
    status, told = way.save(asked(terminal[1], [1, 0, "3"], [2, 0, "3"]), cookie=cookie)
    assert (status, told["refused"], [one[0] for one in told["saved"]]) == (200, [[1, "conflict"]], [2])


def test_an_answer_that_the_journal_cannot_keep_is_never_called_saved(way, terminal, cookie, monkeypatch):
    def full(*args, **kwargs):
        raise JournalError("disk full")

    monkeypatch.setattr(AnswerDesk, "keep", full)
    monkeypatch.setattr(AnswerDesk, "submit", full)
    assert way.save(asked(terminal[1], [1, 0, "2"]), cookie=cookie) == (503, {"error": "not_kept"})


def test_steps_are_read_as_sent():
    assert read_steps(b'{"steps": [[5, 0, "1,3"]], "attempt": 7}') == (7, ((5, 0, "1,3"),))


# What only the door does.


def door_over(app, **given):
    def no_desk(deliver):
        raise AssertionError("no answer came")

    return Door(app, no_desk, security_headers=SECURITY_HEADERS, **given)


@pytest.fixture
def echo():
    """A Flask application that tells what reached it."""
    app = Flask("echo")
    app.config["MAX_CONTENT_LENGTH"] = 100_000

    @app.route("/echo", methods=["GET", "POST", "HEAD"])
    def told():
        return {
            "size": len(request.get_data()),
            "length": request.content_length,
            "from": request.remote_addr,
            "query": request.query_string.decode(),
            "cookies": dict(request.cookies),
            "thread": threading.current_thread().name,
        }

    return app


def test_a_half_sent_save_is_given_up_after_its_time_and_says_so(pages):
    door = door_over(pages, save_seconds=0.05)
    wire = asyncio.run(Wire(door, headers=SAVE_HEADERS, parts=[b'{"attempt"'], hang=True).run())
    assert (wire.status, wire.json) == (408, {"error": "too_slow"})


def test_a_half_sent_page_takes_no_thread(echo):
    """More half-sent requests than threads wait, and a whole one is answered at once."""
    door = door_over(echo)

    async def story():
        waiting = [
            asyncio.create_task(Wire(door, "/echo", parts=[b"half"], hang=True).run()) for _ in range(300)
        ]
        await asyncio.sleep(0)
        whole = await asyncio.wait_for(Wire(door, "/echo", method="GET").run(), 10)
        for task in waiting:
            task.cancel()
        cancelled = await asyncio.gather(*waiting, return_exceptions=True)
        return whole, cancelled

    whole, cancelled = asyncio.run(story())
    assert whole.status == 200
    assert all(isinstance(one, asyncio.CancelledError) for one in cancelled)


@pytest.mark.parametrize("parts", [[b"x" * 100_001], [b"x" * 50_000] * 3])
def test_a_page_body_that_is_too_long_never_reaches_a_thread(echo, parts):
    wire = asyncio.run(Wire(door_over(echo), "/echo", parts=parts).run())
    assert (wire.status, wire.json) == (413, {"error": "too_large"})


@pytest.mark.parametrize("path", ["/echo", SAVE_PATH])
def test_who_hangs_up_is_not_answered(echo, path):
    wire = asyncio.run(Wire(door_over(echo), path, parts=[b"x"], gone=True).run())
    assert wire.status is None


def test_a_page_gets_the_whole_request_in_a_thread(echo):
    wire = Wire(door_over(echo), "/echo", headers={"Cookie": "a=1"}, parts=[b"x" * 70_000, b"y" * 5])
    wire.scope["headers"].append((b"cookie", b"b=2"))
    wire.scope["query_string"] = b"q=1"
    told = asyncio.run(wire.run()).json
    assert told["thread"].startswith("page")
    del told["thread"]
    assert told == {
        "size": 70_005, "length": 70_005, "from": "10.0.0.7", "query": "q=1", "cookies": {"a": "1", "b": "2"},
    }  # fmt: skip


def test_the_door_wears_the_security_headers_of_the_pages(pages):
    wire = asyncio.run(Wire(door_over(pages), parts=[b" " * (LARGEST_SAVE + 1)]).run())
    assert wire.status == 413
    for name, value in SECURITY_HEADERS.items():
        assert wire.headers[name.lower()] == value
    assert wire.headers["cache-control"] == "no-store"
    assert wire.headers["content-type"] == "application/json"


def test_only_a_post_is_a_save(pages):
    assert asyncio.run(Wire(door_over(pages), method="GET").run()).status == 405


def test_what_is_not_http_is_left_alone(pages):
    wire = Wire(door_over(pages))
    wire.scope["type"] = "lifespan"
    assert asyncio.run(wire.run()).status is None
