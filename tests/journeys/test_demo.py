"""The demonstration: one campaign from the staff list to the decisions, through the served site."""

import re
import subprocess
import sys

import pytest
import sqlalchemy as sa

from exam.config import load
from exam.services.journaling import verify_chain
from exam.storage.engine import Database
from exam.storage.tables import Attempt, DecisionRow, OutcomeRow, Step


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """A demonstration of 24 officers and what it printed."""
    instance = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "exam.cli", "demo", "--no-serve", "--officers", "24"]
    done = subprocess.run(
        [*command, "--port", "8490", "--instance", str(instance)],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return instance, done.stdout


@pytest.fixture(scope="module")
def database(played):
    instance, _told = played
    database = Database.of(load(instance, database=f"sqlite:///{instance / 'demo.db'}"))
    yield database
    database.dispose()


def test_the_summary_tells_the_outcome(played):
    _instance, told = played
    assert re.search(r"officers +24\n", told)
    for line in (
        "norms",
        "legislation",
        "logic",
        "restricted to 3–5",
        "decisions",
        "slowest request",
        "alpha",
    ):
        assert line in told


def test_every_answer_of_every_candidate_is_kept(database):
    with database.reading() as session:
        asked = session.scalar(sa.select(sa.func.sum(Attempt.questions)))
        assert session.scalar(sa.select(sa.func.count()).select_from(Step)) == asked
        assert session.scalar(sa.select(sa.func.count()).where(Attempt.closed_at.is_(None))) == 0


def test_no_restricted_case_carries_decision_1_or_2(database):
    with database.reading() as session:
        rows = session.execute(
            sa.select(DecisionRow.value, OutcomeRow.restricted).join(
                OutcomeRow, OutcomeRow.id == DecisionRow.outcome_id
            )
        ).all()
        assert len(rows) > 10
        assert any(restricted for _value, restricted in rows)
        assert not [value for value, restricted in rows if restricted and value < 3]


def test_the_journal_of_the_whole_campaign_is_one_chain(database):
    with database.reading() as session:
        assert verify_chain(session) is None
