"""What a panel has said so far: a cut after each round, its judges, and what each cut would mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from sqlalchemy.orm import Session

from exam.services.bank.form_reading import FormQuestion, read_form
from exam.services.statistics.collected_answers import CollectedAnswers, Selection, collect
from exam.services.statistics.form_figures import FEWEST_PERSONS
from exam.services.statistics.group_lines import wilson
from exam.services.statistics.panels import (
    Limits,
    PanelLine,
    complete_rounds,
    find_judge,
    find_panel,
    next_round,
    panel_line,
    ratings_of,
)
from exam.storage.tables import AngoffPanel, Threshold
from scoring import AngoffRound, Hofstee, angoff_rounds, hofstee, impact_table, threshold_points


@dataclass(frozen=True, slots=True)
class JudgeLine:
    """A judge: what waits for him, and how he judged in the round completed last.

    Attributes
    ----------
    next_round : int or None
        The round that he may give now.
    cuts : tuple of float
        His cut in each round completed, in points.
    severity : float or None
        His last cut less that of the panel.
    agreement : float or None
        Correlation of his ratings with the mean of the others.
    with_difficulty : float or None
        Correlation with the difficulties that were observed.
    """

    place: int
    name: str
    next_round: int | None
    cuts: tuple[float, ...]
    severity: float | None
    agreement: float | None
    with_difficulty: float | None
    limits: Limits | None


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round that every judge has given; in points."""

    number: int
    cut: float
    sd: float
    se: float
    se_judges_items: float
    points: int


@dataclass(frozen=True, slots=True)
class ImpactLine:
    """What a cut would mean for those who sat the form; `low` and `high` bound the share (Wilson, 95 %)."""

    source: str
    round: int
    points: int
    n_passed: int
    pass_rate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question with the judges' mean and spread in the round completed last, in per cent."""

    number: int
    question: FormQuestion
    mean: float | None
    sd: float | None
    difficulty: float | None


@dataclass(frozen=True, slots=True)
class PanelPage:
    """Everything that the page of a panel shows.

    Attributes
    ----------
    maximum : int
        Most points of the form.
    persons : int
        Who have finished the form; figures of them only from `FEWEST_PERSONS` on.
    in_force : int or None
        The threshold under which they sat, in points.
    hofstee : Hofstee or None
        Once every judge gave his limits and there are results.
    """

    line: PanelLine
    maximum: int
    judges: tuple[JudgeLine, ...]
    rounds: tuple[RoundLine, ...]
    questions: tuple[QuestionLine, ...]
    persons: int
    in_force: int | None
    hofstee: Hofstee | None
    impact: tuple[ImpactLine, ...]

    @property
    def last(self) -> RoundLine | None:
        """The round completed last."""
        return self.rounds[-1] if self.rounds else None


@dataclass(frozen=True, slots=True)
class RatingPage:
    """The sheet of one judge for his next round; `before` are his per cents of the round before."""

    line: PanelLine
    place: int
    judge: str
    number: int | None
    questions: tuple[FormQuestion, ...]
    before: tuple[int, ...]


def panel_page(session: Session, panel_id: int) -> PanelPage:
    """Return a panel with everything computed from its rounds.

    Raises
    ------
    NotFoundError
        If there is no such panel.
    """
    panel = find_panel(session, panel_id)
    line, questions = panel_line(session, panel), read_form(session, panel.form_id)
    answers = collect(session, Selection(line.campaign, line.part, form_id=line.form_id))
    scores = _scores(answers)
    difficulty = _difficulty(answers, questions)
    found = _rounds(panel, questions, difficulty)
    rounds = tuple(_round_line(number, each) for number, each in enumerate(found, start=1))
    compromise = _hofstee(panel, scores)
    in_force = _in_force(session, answers)
    return PanelPage(
        line=line,
        maximum=sum(question.version.points for question in questions),
        judges=tuple(_judge(panel, place, found) for place in range(len(panel.judges))),
        rounds=rounds,
        questions=_question_lines(questions, found, difficulty),
        persons=len(answers.sitters),
        in_force=in_force,
        hofstee=compromise,
        impact=_impact(scores, rounds, compromise, in_force),
    )


def rating_page(session: Session, panel_id: int, place: int) -> RatingPage:
    """Return the sheet of a judge: the questions without their keys, as he is to judge them first.

    Raises
    ------
    NotFoundError
        If there is no such panel or judge.
    """
    panel, judge = find_judge(session, panel_id, place)
    number = next_round(panel, judge)
    before = ratings_of(panel, (number or 1) - 1).get(judge, ())
    return RatingPage(
        panel_line(session, panel), place, judge, number, read_form(session, panel.form_id), tuple(before)
    )


def _rounds(
    panel: AngoffPanel, questions: Sequence[FormQuestion], difficulty: Sequence[float | None]
) -> tuple[AngoffRound, ...]:
    done = complete_rounds(panel)
    if not done:
        return ()
    ratings = [
        [[percent / 100 for percent in ratings_of(panel, number)[name]] for name in panel.judges]
        for number in range(1, done + 1)
    ]
    known = [value for value in difficulty if value is not None]
    found: tuple[AngoffRound, ...]
    found, _movement = angoff_rounds(
        ratings,
        max_points=[question.version.points for question in questions],
        difficulty=known if len(known) == len(questions) else None,
    )
    return found


def _round_line(number: int, found: AngoffRound) -> RoundLine:
    return RoundLine(
        number, found.cut, found.sd, found.se, found.se_judges_items, threshold_points(found.cut)
    )


def _judge(panel: AngoffPanel, place: int, found: Sequence[AngoffRound]) -> JudgeLine:
    name, last = panel.judges[place], found[-1] if found else None
    limits = next((each for each in panel.limits if each.judge == name), None)
    hard = None if last is None or last.with_difficulty is None else float(last.with_difficulty[place])
    return JudgeLine(
        place=place,
        name=name,
        next_round=next_round(panel, name),
        cuts=tuple(float(each.judge_cuts[place]) for each in found),
        severity=float(last.severity[place]) if last else None,
        agreement=_known(float(last.agreement[place])) if last else None,
        with_difficulty=None if hard is None else _known(hard),
        limits=Limits(limits.least_cut, limits.most_cut, limits.least_failing, limits.most_failing)
        if limits
        else None,
    )


def _known(value: float) -> float | None:
    return value if isfinite(value) else None


def _question_lines(
    questions: Sequence[FormQuestion], found: Sequence[AngoffRound], difficulty: Sequence[float | None]
) -> tuple[QuestionLine, ...]:
    last = found[-1] if found else None
    return tuple(
        QuestionLine(
            place + 1,
            question,
            100 * float(last.item_means[place]) if last else None,
            100 * float(last.item_sds[place]) if last else None,
            None if (share := difficulty[place]) is None else 100 * share,
        )
        for place, question in enumerate(questions)
    )


def _scores(answers: CollectedAnswers) -> Sequence[float]:
    """Totals of those who have finished the form; none while they are too few to speak of."""
    if answers.matrix is None or len(answers.sitters) < FEWEST_PERSONS:
        return ()
    return [float(total) for total in answers.matrix.total_scores()]


def _difficulty(answers: CollectedAnswers, questions: Sequence[FormQuestion]) -> Sequence[float | None]:
    if answers.matrix is None or len(answers.sitters) < FEWEST_PERSONS:
        return [None] * len(questions)
    shares = (answers.matrix.points / answers.matrix.max_points).mean(axis=0).tolist()
    by_item = {asked.version.item: share for asked, share in zip(answers.questions, shares, strict=True)}
    return [by_item.get(question.version.item) for question in questions]


def _hofstee(panel: AngoffPanel, scores: Sequence[float]) -> Hofstee | None:
    if not scores or len(panel.limits) < len(panel.judges):
        return None
    said = [
        [each.least_cut, each.most_cut, each.least_failing / 100, each.most_failing / 100]
        for each in panel.limits
    ]
    return hofstee(scores, said)


def _in_force(session: Session, answers: CollectedAnswers) -> int | None:
    used = [sitter.threshold_id for sitter in answers.sitters]
    return session.get_one(Threshold, max(set(used), key=used.count)).points if used else None


def _impact(
    scores: Sequence[float], rounds: Sequence[RoundLine], compromise: Hofstee | None, in_force: int | None
) -> tuple[ImpactLine, ...]:
    if not scores:
        return ()
    cuts = [("round", each.number, each.points) for each in rounds]
    if rounds:
        last = rounds[-1]
        cuts.append(("less_error", last.number, threshold_points(max(last.cut - last.se, 0.0))))
        cuts.append(("more_error", last.number, threshold_points(last.cut + last.se)))
    if compromise:
        cuts.append(("hofstee", 0, threshold_points(compromise.cut)))
    if in_force is not None:
        cuts.append(("in_force", 0, in_force))
    found = impact_table(np.asarray(scores), [float(points) for *_, points in cuts])
    return tuple(
        ImpactLine(source, number, points, each.n_passed, each.pass_rate, *wilson(each.n_passed, len(scores)))
        for (source, number, points), each in zip(cuts, found, strict=True)
    )
