"""Leads for people to look at: answers that chance explains badly. Never a verdict, no effect on a result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from sqlalchemy.orm import Session

from exam.errors import NotFoundError
from exam.services.statistics.collected_answers import Selection
from exam.services.statistics.seated_answers import FloatArray, Seated, SeatedAnswers, seated_answers
from question_bank.items import Kind
from scoring import (
    Examined,
    IRTResult,
    ResponseMatrix,
    fit_irt,
    lz_star,
    omega_pvalue,
    rapid_guessing,
    review_list,
    score_gain,
    shared_errors,
)
from scoring.integrity.copying import matching, omega_between
from scoring.integrity.response_times import LITTLE_EFFORT
from scoring.integrity.review_list import FALSE_DISCOVERY_RATE

FEWEST_FOR_LEADS = 100
"""With fewer people the difficulties are too uncertain to say what chance explains."""
FEWEST_FOR_SLOPES = 500
LARGE_ROOM = 60
NEAR_SEATS = 8
"""In a room of more than `LARGE_ROOM` people only those at most so many seats apart compare errors."""

OMEGA, ERRORS, FIT, GAIN, RAPID = "omega", "shared_errors", "person_fit", "gain", "rapid"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One kind of evidence.

    Attributes
    ----------
    statistic : float
        Omega, wrong answers shared, lz*, z of the gain, or share of answers with effort.
    chance : float or None
        p-value adjusted over all that were examined; None where a rule and no chance speaks.
    """

    kind: str
    statistic: float
    chance: float | None


@dataclass(frozen=True, slots=True)
class LeadLine:
    """A person, or two of one room, with everything that speaks for a look."""

    people: tuple[Seated, ...]
    evidence: tuple[Evidence, ...]

    @property
    def attempts(self) -> tuple[int, ...]:
        """The attempts, the smaller first."""
        return tuple(sorted(each.attempt_id for each in self.people))


@dataclass(frozen=True, slots=True, eq=False)
class Integrity:
    """The list of a test, the strongest lead first.

    Attributes
    ----------
    persons : int
        All who finished the test: the model of chance is made from them.
    fdr : float
        Largest share of false alarms expected in each kind of evidence that rests on chance.
    expected_false : float
        So many leads may be innocent even if the model holds.
    n_tests : mapping of str to int
        How many pairs or persons were compared, by kind.
    omegas : ndarray
        Of all ordered pairs of a room; empty below `FEWEST_FOR_LEADS`.
    listed_from : float
        Omega from which a pair would be listed even if it stood alone; NaN without pairs.
    """

    persons: int
    leads: tuple[LeadLine, ...]
    fdr: float
    expected_false: float
    n_tests: Mapping[str, int]
    omegas: FloatArray
    listed_from: float

    @property
    def enough(self) -> bool:
        """Whether there were people enough for leads."""
        return self.persons >= FEWEST_FOR_LEADS


def integrity(session: Session, selection: Selection) -> Integrity:
    """List the leads of a test, or those of one sitting; chance is always told from the whole campaign.

    Raises
    ------
    NotFoundError
        If nobody has finished the test.
    """
    seated = seated_answers(session, Selection(selection.campaign, selection.part))
    if seated is None:
        raise NotFoundError("test")
    found = list_leads(seated)
    if selection.sitting_id is None:
        return found
    leads = tuple(lead for lead in found.leads if lead.people[0].sitting_id == selection.sitting_id)
    return Integrity(
        found.persons,
        leads,
        found.fdr,
        found.fdr * sum(each.chance is not None for lead in leads for each in lead.evidence),
        found.n_tests,
        found.omegas,
        found.listed_from,
    )


def list_leads(seated: SeatedAnswers) -> Integrity:
    """Compare all pairs of a room and all persons; see `scoring.integrity` for each index and its source."""
    if len(seated.people) < FEWEST_FOR_LEADS:
        return Integrity(len(seated.people), (), FALSE_DISCOVERY_RATE, 0.0, {}, np.empty(0), float("nan"))
    model = model_of_chance(seated.matrix)
    pairs, omegas = _omegas(seated, model)
    examined = [
        Examined(OMEGA, pairs, omegas, omega_pvalue(omegas)),
        *_errors(seated),
        _fit(seated, model),
        *_gain(seated, model),
    ]
    found = review_list(*examined, fdr=FALSE_DISCOVERY_RATE)
    evidence: dict[tuple[int, ...], dict[str, Evidence]] = {}
    for lead in found.leads:
        kinds = evidence.setdefault(tuple(sorted(lead.persons)), {})
        kinds.setdefault(lead.kind, Evidence(lead.kind, lead.statistic, lead.adjusted))
    for place, effort in _little_effort(seated):
        evidence.setdefault((place,), {})[RAPID] = Evidence(RAPID, effort, None)
    leads = [
        LeadLine(tuple(seated.people[place] for place in places), tuple(kinds.values()))
        for places, kinds in evidence.items()
    ]
    return Integrity(
        persons=len(seated.people),
        leads=tuple(sorted(leads, key=_strength)),
        fdr=found.fdr,
        expected_false=found.fdr * sum(e.chance is not None for lead in leads for e in lead.evidence),
        n_tests=found.n_tests,
        omegas=omegas,
        listed_from=float(-ndtri(found.fdr / len(omegas))) if len(omegas) else float("nan"),
    )


def model_of_chance(matrix: ResponseMatrix) -> IRTResult:
    """Calibrate the questions: with slopes of their own where there are people enough for it."""
    return fit_irt(matrix, "2pl" if matrix.n_persons >= FEWEST_FOR_SLOPES else "1pl")


def _strength(lead: LeadLine) -> tuple[float, int, tuple[int, ...]]:
    chances = [each.chance for each in lead.evidence if each.chance is not None]
    return (min(chances, default=1.0), -len(lead.evidence), lead.attempts)


def _rooms(seated: SeatedAnswers) -> list[list[Seated]]:
    rooms: dict[int, list[Seated]] = {}
    for each in seated.people:
        rooms.setdefault(each.sitting_id, []).append(each)
    return [sorted(room, key=lambda each: each.seat) for room in rooms.values() if len(room) > 1]


def _omegas(seated: SeatedAnswers, model: IRTResult) -> tuple[NDArray[np.intp], FloatArray]:
    """Omega of every ordered pair of a room who were asked the same questions."""
    prepared = matching(seated.matrix, model)
    pairs, omegas = [np.empty((0, 2), dtype=np.intp)], [np.empty(0)]
    for room in _rooms(seated):
        places = np.array([each.place for each in room])
        omega = omega_between(prepared, places, places)
        np.fill_diagonal(omega, np.nan)
        copiers, sources = np.nonzero(np.isfinite(omega))
        pairs.append(np.column_stack([places[copiers], places[sources]]))
        omegas.append(omega[copiers, sources])
    return np.concatenate(pairs), np.concatenate(omegas)


def near_pairs(seated: SeatedAnswers) -> NDArray[np.intp]:
    """Pairs of a room to be compared by their errors, shape (n_pairs, 2); in a large room neighbours only."""
    pairs = [
        (one.place, other.place)
        for room in _rooms(seated)
        for one, other in combinations(room, 2)
        if len(room) <= LARGE_ROOM or other.seat - one.seat <= NEAR_SEATS
    ]
    return np.array(pairs, dtype=np.intp).reshape(-1, 2)


def single_choices(seated: SeatedAnswers) -> ResponseMatrix | None:
    """The answers to questions with one option to tick: only there is "the same wrong answer" one thing."""
    single = [str(q.version_id) for q in seated.questions if q.version.kind is Kind.SINGLE]
    return seated.matrix.select(items=single) if single else None


def _errors(seated: SeatedAnswers) -> Sequence[Examined]:
    pairs, single = near_pairs(seated), single_choices(seated)
    if single is None or not len(pairs):
        return ()
    found = shared_errors(single, pairs)
    return (Examined(ERRORS, found.pairs, found.same.astype(np.float64), found.pvalue),)


def _fit(seated: SeatedAnswers, model: IRTResult) -> Examined:
    statistic = lz_star(seated.matrix, model)
    return Examined(FIT, _everybody(len(statistic)), statistic, np.asarray(ndtr(statistic)))


def _gain(seated: SeatedAnswers, model: IRTResult) -> Sequence[Examined]:
    """Answers given after an incident against those before it, for those who had one."""
    rows = np.array(sorted(seated.incidents), dtype=np.intp)
    if not len(rows):
        return ()
    after = np.array([after_incident(seated, row) for row in rows.tolist()])
    found = score_gain(seated.matrix.select(persons=rows), model, after)
    return (Examined(GAIN, rows[:, None], found.z, found.pvalue),)


def after_incident(seated: SeatedAnswers, row: int) -> NDArray[np.bool_]:
    """Which questions a person answered last after his incident, shape (n_questions,)."""
    passed = (seated.incidents[row] - seated.people[row].started_at).total_seconds()
    return np.asarray(seated.given_at[row] > passed)


def _little_effort(seated: SeatedAnswers) -> list[tuple[int, float]]:
    if not np.isfinite(seated.given_at).any():
        return []
    found = rapid_guessing(seated.matrix)
    return [
        (place, float(found.effort[place])) for place in np.flatnonzero(found.effort < LITTLE_EFFORT).tolist()
    ]


def _everybody(n: int) -> NDArray[np.intp]:
    return np.arange(n, dtype=np.intp)[:, None]
