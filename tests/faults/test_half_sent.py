"""Three hundred half-sent requests hang on the server; the sitting goes on."""

import socket
import time
from contextlib import closing
from http.client import HTTPConnection

import pytest

from exam.services.terminal.answering import Step
from tests.faults.installation import HOST, install, serving
from tests.faults.sitting_under_fire import Officer

HALF_SENT = 300
SLOWEST_SECONDS = 2.0


def half_sent(port: int, request: bytes) -> list[socket.socket]:
    held = []
    for _ in range(HALF_SENT):
        hanging = socket.create_connection((HOST, port), timeout=5)
        hanging.sendall(request)
        held.append(hanging)
    return held


ANSWER = (
    b"POST /terminal/save HTTP/1.1\r\nHost: x\r\nX-Synaq: save\r\nContent-Type: application/json\r\n"
    b'Content-Length: 5000\r\n\r\n{"attempt": 1,'
)
PAGE = (
    b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 5000\r\n\r\nlogin="
)
HEADERS = b"POST /login HTTP/1.1\r\nHost: x\r\nContent-"


@pytest.mark.slow
@pytest.mark.parametrize("request_text", [ANSWER, PAGE, HEADERS], ids=["answers", "pages", "headers"])
def test_half_sent_requests_leave_the_sitting_running(tmp_path, request_text):
    config, [terminal] = install(tmp_path, terminals=1)
    officer = Officer(terminal)
    with serving(config) as server:
        held = half_sent(server.port, request_text)
        slowest = 0.0
        connection = HTTPConnection(HOST, server.port, timeout=SLOWEST_SECONDS)
        for _ in range(20):
            began = time.monotonic()
            officer.receipts.append((None, officer._send(connection, _next_step(officer))))
            with closing(HTTPConnection(HOST, server.port, timeout=SLOWEST_SECONDS)) as page:
                page.request("GET", "/login")
                assert page.getresponse().status == 200
            slowest = max(slowest, time.monotonic() - began)
        for hanging in (connection, *held):
            hanging.close()
    assert len(officer.receipts) == 20
    assert slowest < SLOWEST_SECONDS


def _next_step(officer):
    officer.seq += 1
    return Step(officer.terminal.attempt_id, officer.seq, 0, "1")
