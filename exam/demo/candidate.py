"""A simulated candidate: a person at a terminal as the service sees him, over real HTTP."""

import html
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

Answer = Callable[[int, int], str]
"""(attempt, position) -> the response that this candidate gives, in the order shown to him."""

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
ATTEMPT = re.compile(r'data-attempt="(\d+)"')
POSITION = re.compile(r'data-position="(\d+)"')
BEGIN = re.compile(r'action="(/terminal/start/\w+)"')
AT_ONCE = 6
"""Answers in one save: what a terminal sends when somebody answers quickly."""


@dataclass(slots=True)
class Terminal:
    """One browser: cookies, the last page, and how long the slowest request took."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    page: str = ""
    slowest: float = 0.0
    saved: int = 0
    _connection: HTTPConnection | None = None

    def get(self, path: str) -> str:
        """Open a page, following one redirect after another."""
        return self._ask("GET", path)

    def post(self, path: str, **form: str) -> str:
        """Send a form with the token of the last page."""
        token = TOKEN.search(self.page)
        body = urlencode(form | {"csrf_token": html.unescape(token.group(1)) if token else ""})
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def save(self, attempt: int, steps: list[list[object]]) -> None:
        """Send answers as the page does, and hold the service to its receipts."""
        body = json.dumps({"attempt": attempt, "steps": steps})
        reply = json.loads(
            self._ask("POST", "/terminal/save", body, {"Content-Type": "application/json", "X-Synaq": "save"})
        )
        if len(reply["saved"]) != len(steps):
            raise RuntimeError(f"not every answer was acknowledged: {reply}")
        self.saved += len(steps)

    def _ask(
        self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] | None = None
    ) -> str:
        for _redirect in range(5):
            status, text, location = self._once(method, path, body, headers or {})
            if status in (302, 303) and location:
                method, path, body, headers = "GET", location, None, {}
                continue
            if status >= 400:
                raise RuntimeError(f"{method} {path}: {status} {_sentence(text)}")
            if "X-Synaq" not in (headers or {}):
                self.page = text
            return text
        raise RuntimeError(f"{path}: too many redirects")

    def _once(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str]
    ) -> tuple[int, str, str | None]:
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        began = time.monotonic()
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._connection.request(method, path, body, dict(headers) | ({"Cookie": cookie} if cookie else {}))
        reply = self._connection.getresponse()
        text = reply.read().decode("utf-8")
        self.slowest = max(self.slowest, time.monotonic() - began)
        for header in reply.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        return reply.status, text, reply.headers.get("Location")


def _sentence(page: str) -> str:
    found = re.search(r"<main.*?<p[^>]*>(.*?)</p>", page, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found.group(1)).strip() if found else page[:200]


def sit(terminal: Terminal, *, code: str, language: str, answer: Answer) -> None:
    """Take both parts of the test: code, identity, language, rules, answers, handing in."""
    terminal.get("/terminal/")
    terminal.post("/terminal/enter", code=code)
    terminal.post("/terminal/identity")
    terminal.post("/terminal/language", language=language)
    terminal.post("/terminal/rules", accepted="y")
    while begin := BEGIN.search(terminal.page):
        page = terminal.post(begin.group(1))
        found = ATTEMPT.search(page)
        if found is None:
            raise RuntimeError("the part did not begin")
        attempt = int(found.group(1))
        steps: list[list[object]] = []
        for seq, position in enumerate(map(int, POSITION.findall(page)), start=1):
            steps.append([seq, position, answer(attempt, position)])
        for first in range(0, len(steps), AT_ONCE):
            terminal.save(attempt, steps[first : first + AT_ONCE])
        terminal.get("/terminal/")
        terminal.post(f"/terminal/submit/{attempt}")
