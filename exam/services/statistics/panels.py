"""A panel that sets a standard: opened on a sealed form, its judges' rounds and limits, its proposal.

Rounds are only ever appended: who changes his mind does so in the next round, as the method asks (Angoff
1971, modified by discussion between rounds). The panel proposes; a threshold needs its two approvers.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.services.actors import Actor
from exam.services.bank.form_reading import read_form
from exam.services.journaling import record
from exam.storage.tables import Account, AngoffEstimate, AngoffPanel, Campaign, Form, PanelLimits

FEWEST_JUDGES, MOST_JUDGES = 2, 30
MOST_ROUNDS = 9
LONGEST_NAME, LONGEST_PURPOSE = 120, 500


@dataclass(frozen=True, slots=True)
class PanelLine:
    """A panel in the list; `complete` counts the rounds in which every judge has spoken."""

    id: int
    campaign: str
    form_id: int
    part: str
    number: int
    blueprint: str
    purpose: str
    judges: tuple[str, ...]
    complete: int
    opened_by: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """What one judge could accept: cuts in points, failures in per cent."""

    least_cut: int
    most_cut: int
    least_failing: int
    most_failing: int


def sealed_forms(session: Session) -> tuple[tuple[int, Mapping[str, str], str, int], ...]:
    """Return id, names of the campaign, part and number of the sealed forms, the newest first."""
    rows = session.execute(
        sa.select(Form.id, Campaign.name_kk, Campaign.name_ru, Form.part, Form.number)
        .join(Campaign, Campaign.id == Form.campaign_id)
        .where(Form.sealed_at.is_not(None))
        .order_by(Form.id.desc())
    )
    return tuple((form, {"kk": kk, "ru": ru}, part, number) for form, kk, ru, part, number in rows)


def open_panel(
    session: Session, form_id: int, *, purpose: str, judges: Sequence[str], by: Actor, at: datetime
) -> AngoffPanel:
    """Open a panel on a sealed form.

    Raises
    ------
    NotFoundError
        If there is no such form.
    RefusedError
        ``form-not-sealed``, ``purpose-missing``, ``judges-too-few``, ``judges-too-many``,
        ``judge-twice`` or ``judge-name-long``.
    """
    form = session.get(Form, form_id)
    if form is None:
        raise NotFoundError("form")
    if form.sealed_at is None:
        raise RefusedError("form-not-sealed")
    if not purpose.strip() or len(purpose) > LONGEST_PURPOSE:
        raise RefusedError("purpose-missing", most=LONGEST_PURPOSE)
    names = [" ".join(name.split()) for name in judges if name.strip()]
    _require_judges(names)
    row = AngoffPanel(form_id=form.id, purpose=purpose.strip(), judges=names, opened_by=by.id, opened_at=at)
    session.add(row)
    session.flush()
    record(
        session,
        "panel:opened",
        by=by,
        at=at,
        panel=row.id,
        form=form.number,
        part=form.part,
        judges=names,
        purpose=row.purpose,
    )
    return row


def _require_judges(names: Sequence[str]) -> None:
    if len(names) < FEWEST_JUDGES:
        raise RefusedError("judges-too-few", least=FEWEST_JUDGES)
    if len(names) > MOST_JUDGES:
        raise RefusedError("judges-too-many", most=MOST_JUDGES)
    if len({name.casefold() for name in names}) < len(names):
        raise RefusedError("judge-twice")
    if any(len(name) > LONGEST_NAME for name in names):
        raise RefusedError("judge-name-long", most=LONGEST_NAME)


def next_round(panel: AngoffPanel, judge: str) -> int | None:
    """Return the round that a judge may give now; None while he waits for the others or has given all."""
    given = Counter(each.judge for each in panel.estimates)
    own = given[judge]
    ahead = own > min(given[name] for name in panel.judges)
    return None if ahead or own >= MOST_ROUNDS else own + 1


def complete_rounds(panel: AngoffPanel) -> int:
    """Return how many rounds every judge has given."""
    given = Counter(each.judge for each in panel.estimates)
    return min(given[name] for name in panel.judges)


def rate(
    session: Session, panel_id: int, place: int, percents: Sequence[int], *, by: Actor, at: datetime
) -> AngoffEstimate:
    """Keep one judge's round: of a hundred borderline officers, how many answer each question rightly.

    Parameters
    ----------
    place : int
        Of the judge in the panel, from 0.
    percents : sequence of int
        One a question, 0 to 100, in the order of the form.

    Raises
    ------
    NotFoundError
        If there is no such panel or judge.
    RefusedError
        ``round-waits`` or ``percents-wrong``.
    """
    panel, judge = find_judge(session, panel_id, place, lock=True)
    number = next_round(panel, judge)
    if number is None:
        raise RefusedError("round-waits")
    questions = len(read_form(session, panel.form_id))
    if len(percents) != questions or any(not 0 <= percent <= 100 for percent in percents):
        raise RefusedError("percents-wrong", questions=questions)
    row = AngoffEstimate(
        panel_id=panel.id, round=number, judge=judge, percents=list(percents), entered_by=by.id, entered_at=at
    )
    session.add(row)
    session.flush()
    session.expire(panel, ["estimates"])
    record(
        session, "panel:rated", by=by, at=at, panel=panel.id, round=number, judge=judge, percents=row.percents
    )
    return row


def limit(
    session: Session, panel_id: int, place: int, limits: Limits, *, by: Actor, at: datetime
) -> PanelLimits:
    """Keep which cuts and which shares of failures one judge could accept (Hofstee), once.

    Raises
    ------
    NotFoundError
        If there is no such panel or judge.
    RefusedError
        ``limits-given`` or ``limits-wrong``.
    """
    panel, judge = find_judge(session, panel_id, place, lock=True)
    if any(each.judge == judge for each in panel.limits):
        raise RefusedError("limits-given")
    most = sum(question.version.points for question in read_form(session, panel.form_id))
    cuts_fit = 0 <= limits.least_cut <= limits.most_cut <= most
    if not cuts_fit or not 0 <= limits.least_failing <= limits.most_failing <= 100:
        raise RefusedError("limits-wrong", most=most)
    row = PanelLimits(
        panel_id=panel.id,
        judge=judge,
        least_cut=limits.least_cut,
        most_cut=limits.most_cut,
        least_failing=limits.least_failing,
        most_failing=limits.most_failing,
        entered_by=by.id,
        entered_at=at,
    )
    session.add(row)
    session.flush()
    session.expire(panel, ["limits"])
    cuts, failing = [row.least_cut, row.most_cut], [row.least_failing, row.most_failing]
    record(
        session, "panel:limits", by=by, at=at, panel=panel.id, judge=judge, cuts=cuts, failing_percent=failing
    )
    return row


def proposed(session: Session, panel_id: int, threshold_id: int, *, by: Actor, at: datetime) -> None:
    """Say in the journal that a threshold was proposed from a panel, with the round on which it rests."""
    panel = find_panel(session, panel_id)
    record(
        session,
        "panel:proposed",
        by=by,
        at=at,
        panel=panel.id,
        threshold=threshold_id,
        rounds=complete_rounds(panel),
    )


def find_panel(session: Session, panel_id: int, *, lock: bool = False) -> AngoffPanel:
    """Return a panel, or raise NotFoundError."""
    panel = session.get(AngoffPanel, panel_id, with_for_update=lock or None)
    if panel is None:
        raise NotFoundError("panel")
    return panel


def find_judge(session: Session, panel_id: int, place: int, *, lock: bool = False) -> tuple[AngoffPanel, str]:
    """Return a panel and the name of the judge at a place of its list, or raise NotFoundError."""
    panel = find_panel(session, panel_id, lock=lock)
    if not 0 <= place < len(panel.judges):
        raise NotFoundError("judge")
    return panel, panel.judges[place]


def list_panels(session: Session) -> tuple[PanelLine, ...]:
    """Return every panel, the newest first."""
    rows = session.scalars(sa.select(AngoffPanel).order_by(AngoffPanel.id.desc()))
    return tuple(panel_line(session, row) for row in rows)


def panel_line(session: Session, panel: AngoffPanel) -> PanelLine:
    """Return a panel as the pages name it."""
    form = session.get_one(Form, panel.form_id)
    return PanelLine(
        id=panel.id,
        campaign=session.get_one(Campaign, form.campaign_id).code,
        form_id=form.id,
        part=form.part,
        number=form.number,
        blueprint=form.blueprint,
        purpose=panel.purpose,
        judges=tuple(panel.judges),
        complete=complete_rounds(panel),
        opened_by=session.get_one(Account, panel.opened_by).full_name,
        opened_at=panel.opened_at,
    )


def ratings_of(panel: AngoffPanel, number: int) -> Mapping[str, Sequence[int]]:
    """Return the per cents of a round by judge."""
    return {each.judge: each.percents for each in panel.estimates if each.round == number}
