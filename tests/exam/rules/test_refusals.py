"""Every reason the rules can give is on a list, so that the pages can prove a wording for each."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import exam.rules
from exam.rules.commission import TALLY_CODES, Vote, tally
from exam.rules.errors import RefusedError
from exam.rules.refusals import REFUSAL_CODES, Refusal
from exam.rules.sitting import AttemptState, Readiness, Window, may_start
from exam.rules.thresholds import THRESHOLD_CODES
from scoring.gate import EXPLANATION_CODES, Decision

RULES = Path(exam.rules.__path__[0])


def codes_written() -> set[str]:
    """Collect the first argument of every Refusal(...) in the rules."""
    found = set()
    for source in RULES.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
                [code, *_] = node.args
                if isinstance(code, ast.Constant):
                    found.add(code.value)
    return found


def codes_of_a_start() -> set[str]:
    """Collect the codes that are not written as constants, by leaving out one step after the other."""
    now = datetime(2024, 6, 3, tzinfo=UTC)
    window = Window(now, now, approved_by=1)
    steps = ("terminal_released", "identity_confirmed", "language", "rules_accepted", "earlier_part_over")
    codes = set()
    for left_out in range(len(steps)):
        done = {step: place < left_out for place, step in enumerate(steps)}
        done["language"] = "kk" if done["language"] else None
        refusal = may_start(AttemptState.WAITING, window, Readiness(**done), now)
        codes.add(refusal.code)
    return codes


def test_the_list_of_refusals_is_complete_and_has_nothing_else():
    assert codes_written() | codes_of_a_start() == REFUSAL_CODES


def test_grounds_of_different_rules_do_not_share_a_code():
    assert not TALLY_CODES & THRESHOLD_CODES
    assert not (TALLY_CODES | THRESHOLD_CODES) & EXPLANATION_CODES


def test_every_ground_of_a_tally_is_on_its_list():
    used = set()
    for ballots in ("22", "23", "22333", "", "2233"):
        votes = [Vote(place, Decision(int(number))) for place, number in enumerate(ballots, start=1)]
        for chair in (1, None):
            present = range(1, max(2, len(ballots)) + 1)
            used |= {ground.code for ground in tally(votes, present=present, chair_id=chair).grounds}
    assert used == TALLY_CODES


def test_a_refusal_says_its_code_and_facts():
    refusal = Refusal("no_quorum", (("present", "5"), ("needed", "6")))
    assert str(refusal) == "no_quorum (present=5, needed=6)"
    assert str(Refusal("no_schedule")) == "no_schedule"
    assert refusal.fact("needed") == "6"
    assert RefusedError(refusal).code == "no_quorum"
