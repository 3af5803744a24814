"""The server is killed in the middle of a sitting; nothing that was acknowledged may be lost."""

import os
import random
import sys
import threading
import time

import pytest

from tests.faults.installation import install, serving
from tests.faults.sitting_under_fire import Officer, lost

KILLS = int(os.environ.get("SYNAQ_KILLS", "6"))
"""How often the server is killed; `make faults` asks for twenty."""
OFFICERS = 4


def kill_again_and_again(config, officers, *, kills, command=None):
    """Start the server, let the officers answer for a moment, kill it with all its workers; `kills` times."""
    chance = random.Random(490)
    for _ in range(kills):
        over = threading.Event()
        with serving(config, command=command, workers=1) as server:
            answering = [
                threading.Thread(target=officer.answer, args=(server.port, over), daemon=True)
                for officer in officers
            ]
            before = sum(len(officer.receipts) for officer in officers)
            for thread in answering:
                thread.start()
            give_up = time.monotonic() + 30
            while sum(len(officer.receipts) for officer in officers) == before and time.monotonic() < give_up:
                time.sleep(0.005)
            time.sleep(chance.uniform(0.05, 0.3))
            server.kill()
            over.set()
            for thread in answering:
                thread.join()


@pytest.mark.slow
def test_kills_lose_no_acknowledged_answer(tmp_path):
    config, terminals = install(tmp_path, terminals=OFFICERS)
    officers = [Officer(terminal) for terminal in terminals]
    kill_again_and_again(config, officers, kills=KILLS)
    assert sum(len(officer.receipts) for officer in officers) > 10 * KILLS
    assert lost(config, officers) == []


@pytest.mark.slow
def test_a_server_that_acknowledges_before_the_commit_is_caught(tmp_path):
    config, terminals = install(tmp_path, terminals=OFFICERS)
    officers = [Officer(terminal) for terminal in terminals]
    hasty = [sys.executable, "-m", "tests.faults.hasty_server"]
    kill_again_and_again(config, officers, kills=3, command=hasty)
    assert lost(config, officers)
