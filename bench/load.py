"""Terminals that save without a pause, and what their answers cost: through wrk where it is installed."""

import asyncio
import itertools
import json
import multiprocessing
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from exam.services.terminal.answering import PASS_COOKIE
from exam.web.saving import PURPOSE, SAVE_PATH
from tests.faults.installation import HOST, QUESTIONS, Terminal

CLIENT_PROCESSES = 2

WRK_SCRIPT = """
local terminals, sent, first = {}, 0, 0
local numbered = 0
function setup(thread) thread:set("number", numbered); numbered = numbered + 1 end
function init(args)
  for line in io.lines(args[1]) do
    local attempt, cookie = line:match("(%%d+)\\t(%%S+)")
    terminals[#terminals + 1] = {attempt = attempt, headers = {
      ["Content-Type"] = "application/json", ["X-Synaq"] = "%s", Cookie = "%s=" .. cookie}}
  end
  first = tonumber(args[2]) + number * 100000000
end
function request()
  sent = sent + 1
  local t = terminals[sent %% #terminals + 1]
  local step = (first + sent) .. ',' .. (sent %% %d) .. ',"' .. (sent %% 5) .. '"'
  local body = '{"attempt":' .. t.attempt .. ',"steps":[[' .. step .. ']]}'
  return wrk.format("POST", "%s", t.headers, body)
end
"""
WRK_SCRIPT %= (PURPOSE, PASS_COOKIE, QUESTIONS, SAVE_PATH)
UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}


@dataclass(frozen=True, slots=True)
class Load:
    """What one run saw: answered requests a second, half and 99 of 100 answered within (ms), and failures."""

    answered: int
    rate: float
    p50: float
    p99: float
    failed: int


def put_load(
    port: int, terminals: Sequence[Terminal], *, connections: int, seconds: int, first_seq: int
) -> Load:
    """Save one answer a request over `connections` for `seconds`, each step with a number of its own."""
    if shutil.which("wrk"):
        return _with_wrk(port, terminals, connections, seconds, first_seq)
    return _with_asyncio(port, terminals, connections, seconds, first_seq)


def _with_wrk(
    port: int, terminals: Sequence[Terminal], connections: int, seconds: int, first_seq: int
) -> Load:
    with tempfile.TemporaryDirectory() as folder:
        script, passes = Path(folder, "save.lua"), Path(folder, "passes.tsv")
        script.write_text(WRK_SCRIPT)
        passes.write_text("".join(f"{each.attempt_id}\t{each.cookie}\n" for each in terminals))
        command = (
            f"wrk -t1 -c{connections} -d{seconds}s --latency --timeout 30s -s {script} http://{HOST}:{port}"
        )
        told = subprocess.run(
            [*command.split(), "--", str(passes), str(first_seq)], capture_output=True, text=True, check=True
        ).stdout
    answered = int(_found(r"(\d+) requests in", told) or 0)
    wrong = int(_found(r"Non-2xx or 3xx responses: (\d+)", told) or 0)
    broken = sum(map(int, re.findall(r"\d+", _found(r"Socket errors: (.*)", told) or "")))
    rate = float(_found(r"Requests/sec:\s+([\d.]+)", told) or 0)
    p50, p99 = (_milliseconds(_found(rf"{share}%\s+(\S+)", told) or "0ms") for share in (50, 99))
    return Load(answered - wrong, rate, p50, p99, wrong + broken)


def _found(pattern: str, text: str) -> str | None:
    match = re.search(pattern, text)
    return match[1] if match else None


def _milliseconds(text: str) -> float:
    match = re.fullmatch(r"([\d.]+)([a-z]+)", text)
    return float(match[1]) * UNITS[match[2]] if match else 0.0


def _with_asyncio(
    port: int, terminals: Sequence[Terminal], connections: int, seconds: int, first_seq: int
) -> Load:
    share = connections // CLIENT_PROCESSES
    tasks = [
        (port, terminals, share, seconds, first_seq + number * 100_000_000)
        for number in range(CLIENT_PROCESSES)
    ]
    with multiprocessing.get_context("spawn").Pool(CLIENT_PROCESSES) as pool:
        told = pool.starmap(_client_process, tasks)
    times = sorted(itertools.chain.from_iterable(times for times, _ in told))
    failed = sum(failed for _, failed in told)
    if not times:
        return Load(0, 0.0, 0.0, 0.0, failed)
    p50, p99 = (1000 * times[int(len(times) * share)] for share in (0.5, 0.99))
    return Load(len(times), len(times) / seconds, p50, p99, failed)


def _client_process(
    port: int, terminals: Sequence[Terminal], connections: int, seconds: int, first_seq: int
) -> tuple[list[float], int]:
    return asyncio.run(_clients(port, terminals, connections, seconds, first_seq))


async def _clients(
    port: int, terminals: Sequence[Terminal], connections: int, seconds: int, first_seq: int
) -> tuple[list[float], int]:
    numbers, times, failed = itertools.count(first_seq), [], [0]
    until = time.monotonic() + seconds

    async def client() -> None:
        reader, writer = await asyncio.open_connection(HOST, port)
        while time.monotonic() < until:
            seq = next(numbers)
            began = time.monotonic()
            writer.write(raw_save(terminals[seq % len(terminals)], seq))
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(re.search(rb"content-length: (\d+)", head, re.IGNORECASE)[1]))
            if b" 200 " in head[:16]:
                times.append(time.monotonic() - began)
            else:
                failed[0] += 1
        writer.close()

    await asyncio.gather(*(client() for _ in range(connections)))
    return times, failed[0]


def raw_save(terminal: Terminal, seq: int) -> bytes:
    """One save as it goes over the wire."""
    body = json.dumps({"attempt": terminal.attempt_id, "steps": [[seq, seq % QUESTIONS, str(seq % 5)]]})
    return (
        f"POST {SAVE_PATH} HTTP/1.1\r\nHost: {HOST}\r\n"
        f"Content-Type: application/json\r\nX-Synaq: {PURPOSE}\r\n"
        f"Cookie: {PASS_COOKIE}={terminal.cookie}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode("ascii")
