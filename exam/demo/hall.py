"""The sittings of the demonstration: the real server, and a simulated candidate at every terminal."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from datetime import datetime
from http.client import HTTPConnection
from random import Random

import sqlalchemy as sa

from exam.config import COOKIES_IN_CLEAR, Config
from exam.demo.candidate import Terminal, sit
from exam.demo.cast import Player
from exam.demo.knowledge import Knowledge
from exam.demo.preparation import Stage
from exam.services.actors import Actor
from exam.services.campaign.campaigns import TEST
from exam.services.invigilator import releasing, sitting
from exam.storage.engine import Database
from exam.storage.tables import Admission, Enrolment, Officer

TERMINALS = 8
START_SECONDS = 60


@contextmanager
def served(config: Config, *, port: int, workers: int = 2) -> Iterator[subprocess.Popen[bytes]]:
    """Run `synaq serve` for a database as it runs in a ministry, on loopback."""
    command = [sys.executable, "-m", "exam.cli", "serve", "--port", str(port), "--workers", str(workers)]
    environment = {
        "SYNAQ_DATABASE": config.database_url,
        "SYNAQ_INSTANCE": str(config.instance),
        COOKIES_IN_CLEAR: "1",
    }
    log = (config.instance / "demo-server.log").open("wb")
    process = subprocess.Popen(command, env=os.environ | environment, stdout=log, stderr=log)  # noqa: S603
    try:
        _await(port, process)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        if process.poll() is not None:
            break
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/login")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start; its log lies beside the demonstration's database")


def hold_sittings(
    database: Database,
    config: Config,
    stage: Stage,
    players: Sequence[Player],
    actors: Mapping[str, Actor],
    *,
    port: int,
    seed: int,
    clock: Callable[[], datetime],
    told: Callable[[int], object],
) -> float:
    """Hold a sitting in every region; return the seconds of the slowest request."""
    slowest = 0.0
    for region in sorted({player.record.region_code for player in players}):
        room = _open(database, stage, region, actors["invigilator"], config.secret_key, seed, clock())
        slowest = max(slowest, _play(database, room, players, port=port, seed=seed, told=told))
        with database.writing() as session:
            sitting.close_sitting(session, room.sitting_id, by=actors["invigilator"], at=clock())
    return slowest


class Room:
    """A room with its start codes by officer."""

    def __init__(self, sitting_id: int, codes: Mapping[str, str]) -> None:
        self.sitting_id = sitting_id
        self.codes = codes


def _open(
    database: Database, stage: Stage, region: str, by: Actor, secret: bytes, seed: int, at: datetime
) -> Room:
    with database.writing() as session:
        ready = session.scalars(
            sa.select(Enrolment.id)
            .join(Officer, Officer.id == Enrolment.officer_id)
            .where(
                Enrolment.campaign_id == stage.campaign_id,
                Enrolment.stage == TEST,
                Officer.region_code == region,
            )
        ).all()
        row = sitting.plan_sitting(session, stage.schedules["test", region], room="1-сынып", by=by, at=at)
        sitting.admit(session, row.id, ready, chance=Random(seed), by=by, at=at)  # noqa: S311
        sitting.open_sitting(session, row.id, by=by, at=at)
        slips = {
            slip.admission_id: slip.code
            for slip in releasing.hand_out_codes(session, row.id, secret=secret, by=by, at=at)
        }
        iins = session.execute(
            sa.select(Admission.id, Officer.iin)
            .join(Enrolment, Enrolment.id == Admission.enrolment_id)
            .join(Officer, Officer.id == Enrolment.officer_id)
            .where(Admission.id.in_(slips))
        )
        return Room(row.id, {iin: slips[admission] for admission, iin in iins})


def _play(
    database: Database,
    room: Room,
    players: Sequence[Player],
    *,
    port: int,
    seed: int,
    told: Callable[[int], object],
) -> float:
    knowledge = Knowledge(database, seed=seed)
    slowest = 0.0
    with ThreadPoolExecutor(TERMINALS) as terminals:
        running = [
            terminals.submit(_one, knowledge, player, room.codes[player.record.iin], port)
            for player in players
            if player.record.iin in room.codes
        ]
        for done in as_completed(running):
            slowest = max(slowest, done.result())
            told(1)
    return slowest


def _one(knowledge: Knowledge, player: Player, code: str, port: int) -> float:
    terminal = Terminal(port)
    sit(
        terminal,
        code=code,
        language=player.record.test_language,
        answer=lambda attempt, position: knowledge.response(attempt, position, player.ability),
    )
    return terminal.slowest
