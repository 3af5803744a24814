"""A test that many have sat: made up answers, written as results past the terminal, for what comes after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from sqlalchemy.orm import Session

from exam.storage.tables import AttemptResult, Campaign, Form, PartResult, Sitting, Threshold
from question_bank.items import ItemVersion, right_response, score_response
from tests import examination_room as rooms
from tests import factories as make
from tests.factories import NOON


@dataclass(frozen=True)
class Sat:
    """What stands after a simulated test."""

    campaign: Campaign
    form: Form
    threshold: Threshold
    sitting: Sitting
    versions: tuple[ItemVersion, ...]
    attempts: tuple[int, ...]
    responses: tuple[tuple[str, ...], ...]
    version_ids: tuple[int, ...]


def many_singles(n_items: int, prefix: str = "L") -> tuple[ItemVersion, ...]:
    return tuple(rooms.single(f"{prefix}-{place:03d}", place % 4) for place in range(1, n_items + 1))


def simulated(versions: Sequence[ItemVersion], n_persons: int, seed: int) -> list[list[str]]:
    """Responses of people of normal ability to items from easy to hard; who errs takes any other option."""
    chance = np.random.default_rng(seed)
    hardness = np.linspace(-1.5, 1.5, len(versions))
    rows = []
    for ability in chance.normal(size=n_persons):
        row = []
        for version, hard in zip(versions, hardness, strict=True):
            right = right_response(version)
            knows = chance.random() < 1 / (1 + np.exp(-1.7 * (ability - hard)))
            others = [str(place) for place in range(4) if str(place) != right]
            row.append(right if knows else str(chance.choice(others)))
        rows.append(row)
    return rows


def with_planted_difference() -> tuple[tuple[ItemVersion, ...], list[list[str]]]:
    """600 people, every second in Kazakh; for those the fifth of ten questions is far harder."""
    versions = many_singles(10)
    rows = simulated(versions, 600, seed=11)
    chance = np.random.default_rng(1)
    for row in rows[::2]:
        if chance.random() < 0.6:
            row[4] = "2"  # its key is 1
    return versions, rows


def sat_test(
    session: Session,
    n_persons: int = 40,
    n_items: int = 12,
    *,
    responses: Sequence[Sequence[str]] | None = None,
    versions: Sequence[ItemVersion] | None = None,
    cut: int | None = None,
    seed: int = 7,
    campaign: Campaign | None = None,
    minimum_by_area: dict[str, int] | None = None,
    part: str = "legislation",
    number: int = 1,
    form: Form | None = None,
    regions: Sequence[str] = ("AST",),
) -> Sat:
    """Everybody sits one form in one sitting; every second person in Russian, every third a woman.

    People come from `regions` in turn.
    """
    of = campaign or make.campaign(session)
    asked = tuple(versions) if versions else many_singles(n_items)
    form = form or rooms.sealed_form(session, of, part, asked, number=number)
    threshold = make.threshold(
        session,
        of,
        part,
        points=len(asked) // 2 if cut is None else cut,
        questions=len(asked),
        minimum_by_area=minimum_by_area or {},
    )
    sitting = make.sitting(session, make.schedule(session, of))
    rows = [list(row) for row in (responses or simulated(asked, n_persons, seed))]
    attempts = [
        _sit(session, sitting, form, threshold, asked, row, place, regions[place % len(regions)])
        for place, row in enumerate(rows)
    ]
    session.flush()
    ids = tuple(each.item_version_id for each in form.items)
    return Sat(of, form, threshold, sitting, asked, tuple(attempts), tuple(map(tuple, rows)), ids)


def _sit(
    session: Session,
    sitting: Sitting,
    form: Form,
    threshold: Threshold,
    asked: Sequence[ItemVersion],
    row: Sequence[str],
    place: int,
    region: str,
) -> int:
    of = session.get_one(Campaign, form.campaign_id)
    who = make.enrolment(
        session,
        of=of,
        stage=3,
        sex="F" if place % 3 == 0 else "M",
        full_name=f"Серіков Асан {place}",
        region_code=region,
    )
    admission = make.admission(session, sitting, who)
    attempt = make.attempt(
        session,
        admission,
        form.part,
        form_id=form.id,
        threshold_id=threshold.id,
        language="ru" if place % 2 else "kk",
        questions=len(asked),
        closed_at=NOON + timedelta(minutes=20),
        closed_by="candidate",
    )
    points = [score_response(version, response) for version, response in zip(asked, row, strict=True)]
    make.save(
        session,
        AttemptResult(
            attempt_id=attempt.id,
            form_id=form.id,
            scoring_version=1,
            responses=list(row),
            points=points,
            total=sum(points),
            input_digest="0" * 64,
            scored_at=NOON + timedelta(minutes=20),
        ),
    )
    make.save(
        session,
        PartResult(
            enrolment_id=who.id,
            kind=form.part,
            state=_verdict(threshold, points),
            grounds=[],
            score=sum(points),
            maximum=len(asked),
            threshold_id=threshold.id,
            attempt_id=attempt.id,
            input_digest="0" * 64,
            decided_at=NOON,
            decided_by="terminal",
        ),
    )
    return attempt.id


def _verdict(threshold: Threshold, points: Sequence[int]) -> str:
    """By the overall threshold and by the minimum of every area that has one."""
    minima = threshold.minimum_by_area
    areas = {area: sum(points[place :: len(rooms.AREAS)]) for place, area in enumerate(rooms.AREAS)}
    met = sum(points) >= threshold.points and all(areas[area] >= least for area, least in minima.items())
    return "passed" if met else "failed"
