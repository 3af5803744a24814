"""A lead seen closely: two people side by side, or one person, with what chance would explain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from exam.errors import NotFoundError
from exam.services.statistics.collected_answers import Question, Selection
from exam.services.statistics.integrity import (
    FEWEST_FOR_LEADS,
    Evidence,
    after_incident,
    list_leads,
    model_of_chance,
    single_choices,
)
from exam.services.statistics.lead_reviews import subject
from exam.services.statistics.seated_answers import Seated, SeatedAnswers, seated_answers
from scoring import IRTResult, gbt, ht, k_index, rapid_guessing, shared_errors
from scoring.encoding import NO_OPTION
from scoring.errors import ScoringError
from scoring.integrity.copying import matching
from scoring.integrity.wrong_matches import WrongMatches


@dataclass(frozen=True, slots=True)
class Trace:
    """When a person answered: minutes since the first of the people shown began, and question numbers."""

    who: Seated
    moments: tuple[tuple[float, int], ...]
    rapid: tuple[int, ...]
    incident: float | None


@dataclass(frozen=True, slots=True)
class SharedAnswer:
    """The same wrong answer of both to a question; `moments` are the minutes of it on the plot, if known."""

    number: int
    question: Question
    response: str
    chosen_by: float
    moments: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PairFacts:
    """Two people: answers alike, and wrong answers alike, with what chance lets expect of each.

    Attributes
    ----------
    alike, alike_expected : int, float
        Questions that both had right or both wrong; expected from both abilities.
    alike_chance : float
        Chance of at least as many (generalised binomial test).
    both_wrong, same, same_expected : int, int, float
        Questions that both had wrong; those with the same wrong option; expected by its popularity.
    same_chance : float
        Chance of at least as many.
    k_chance : float or None
        Smaller of both directions of the K2 index; None where it cannot be computed.
    """

    questions: int
    alike: int
    alike_expected: float
    alike_chance: float
    both_wrong: int
    same: int
    same_expected: float
    same_chance: float
    k_chance: float | None
    shared: tuple[SharedAnswer, ...]


@dataclass(frozen=True, slots=True)
class Surprise:
    """An answer that suits the ability badly: its probability by the model."""

    number: int
    question: Question
    right: bool
    probability: float


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person: answers against the ability that they add up to.

    Attributes
    ----------
    agreement : float or None
        HT, the agreement with the answers of all others; None where not everybody had the same questions.
    rapid, timed : int
        Answers given too quickly to have been thought about, and answers with a time.
    before, after : tuple of int, or None
        Right answers and questions before and after an incident; None without one.
    """

    right: int
    questions: int
    agreement: float | None
    rapid: int
    timed: int
    before: tuple[int, int] | None
    after: tuple[int, int] | None
    surprises: tuple[Surprise, ...]


@dataclass(frozen=True, slots=True)
class LeadPage:
    """What a person looks at before he concludes."""

    people: tuple[Seated, ...]
    evidence: tuple[Evidence, ...]
    pair: PairFacts | None
    person: PersonFacts | None
    traces: tuple[Trace, ...]


MOST_SURPRISES = 8
SURPRISING = 0.2


def lead_page(session: Session, selection: Selection, attempts: Sequence[int]) -> LeadPage:
    """Return one person or two of one sitting of a test, whether they are on the list or not.

    Raises
    ------
    NotFoundError
        If the attempts are not of this test, not of one sitting, or too few have finished it.
    """
    subject(session, selection, attempts)
    seated = seated_answers(session, Selection(selection.campaign, selection.part))
    if seated is None or len(seated.people) < FEWEST_FOR_LEADS:
        raise NotFoundError("lead")
    places = [each.place for each in seated.people if each.attempt_id in set(attempts)]
    if len(places) != len(set(attempts)):
        raise NotFoundError("lead")
    people = tuple(seated.people[place] for place in places)
    wanted = tuple(sorted(each.attempt_id for each in people))
    evidence = [lead.evidence for lead in list_leads(seated).leads if lead.attempts == wanted]
    rapid = _rapid(seated)
    begun = min(each.started_at for each in people)
    traces = tuple(_trace(seated, each, rapid, begun) for each in people)
    model = model_of_chance(seated.matrix)
    return LeadPage(
        people=people,
        evidence=evidence[0] if evidence else (),
        pair=_pair(seated, model, places, traces) if len(places) == 2 else None,
        person=_person(seated, model, places[0], rapid) if len(places) == 1 else None,
        traces=traces,
    )


def _rapid(seated: SeatedAnswers) -> NDArray[np.bool_]:
    if not np.isfinite(seated.given_at).any():
        return np.zeros(seated.given_at.shape, dtype=np.bool_)
    rapid: NDArray[np.bool_] = rapid_guessing(seated.matrix).rapid
    return rapid


def _trace(seated: SeatedAnswers, who: Seated, rapid: NDArray[np.bool_], begun: datetime) -> Trace:
    late = (who.started_at - begun).total_seconds()
    given = seated.given_at[who.place]
    known = np.flatnonzero(np.isfinite(given)).tolist()
    moments = sorted(((float(given[place]) + late) / 60, place + 1) for place in known)
    incident = seated.incidents.get(who.place)
    return Trace(
        who=who,
        moments=tuple(moments),
        rapid=tuple(place + 1 for place in known if rapid[who.place, place]),
        incident=(incident - begun).total_seconds() / 60 if incident else None,
    )


def _pair(
    seated: SeatedAnswers, model: IRTResult, places: Sequence[int], traces: Sequence[Trace]
) -> PairFacts:
    one, other = places
    prepared = matching(seated.matrix, model)
    both = np.ones(prepared.right.shape[1], dtype=np.bool_)
    if prepared.given is not None:
        both = (prepared.given[one] > 0) & (prepared.given[other] > 0)
    p, q = prepared.chance[one], prepared.chance[other]
    alike = (prepared.right[one] == prepared.right[other]) & both
    errors, k_chance, shared = _errors(seated, one, other, traces)
    return PairFacts(
        questions=int(both.sum()),
        alike=int(alike.sum()),
        alike_expected=float(((p * q + (1 - p) * (1 - q)) * both).sum()),
        alike_chance=float(gbt(seated.matrix, model, [[one, other]])[0]),
        both_wrong=errors[0],
        same=errors[1],
        same_expected=errors[2],
        same_chance=errors[3],
        k_chance=k_chance,
        shared=shared,
    )


def _errors(
    seated: SeatedAnswers, one: int, other: int, traces: Sequence[Trace]
) -> tuple[tuple[int, int, float, float], float | None, tuple[SharedAnswer, ...]]:
    single = single_choices(seated)
    if single is None or single.options is None:
        return (0, 0, 0.0, 1.0), None, ()
    found = shared_errors(single, [[one, other]])
    options = single.options
    wrong = (single.points[one] == 0) & (single.points[other] == 0)
    same = wrong & (options[one] == options[other]) & (options[one] != NO_OPTION)
    number = {str(question.version_id): place for place, question in enumerate(seated.questions)}
    shared = [
        SharedAnswer(
            number=number[single.items[column]] + 1,
            question=seated.questions[number[single.items[column]]],
            response=single.option_labels[column][options[one, column]],
            chosen_by=float((options[:, column] == options[one, column]).mean()),
            moments=_moments(traces, number[single.items[column]] + 1),
        )
        for column in np.flatnonzero(same).tolist()
    ]
    counts = (int(found.both_wrong[0]), int(found.same[0]), float(found.expected[0]), float(found.pvalue[0]))
    return counts, _k_chance(seated, one, other), tuple(shared)


def _moments(traces: Sequence[Trace], number: int) -> tuple[float, ...]:
    found = [{n: minute for minute, n in trace.moments}.get(number) for trace in traces]
    return tuple(minute for minute in found if minute is not None)


def _k_chance(seated: SeatedAnswers, one: int, other: int) -> float | None:
    single = single_choices(seated)
    if single is None:
        return None
    try:
        found: WrongMatches = k_index(single, [[one, other], [other, one]], kind="K2")
    except ScoringError:
        return None
    return float(found.pvalue.min())


def _person(seated: SeatedAnswers, model: IRTResult, place: int, rapid: NDArray[np.bool_]) -> PersonFacts:
    prepared = matching(seated.matrix, model)
    given = seated.matrix.administered
    asked = np.ones(seated.matrix.n_items, dtype=np.bool_) if given is None else given[place]
    right = (seated.matrix.points[place] == 1) & asked
    before, after = _around_incident(seated, place, right, asked)
    return PersonFacts(
        right=int(right.sum()),
        questions=int(asked.sum()),
        agreement=float(ht(seated.matrix)[place]) if given is None else None,
        rapid=int(rapid[place].sum()),
        timed=int(np.isfinite(seated.given_at[place]).sum()),
        before=before,
        after=after,
        surprises=_surprises(seated, model, prepared.chance[place], right, asked),
    )


def _around_incident(
    seated: SeatedAnswers, place: int, right: NDArray[np.bool_], asked: NDArray[np.bool_]
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    if place not in seated.incidents:
        return None, None
    late = after_incident(seated, place) & asked
    early = asked & ~late
    return (
        (int((right & early).sum()), int(early.sum())),
        (int((right & late).sum()), int(late.sum())),
    )


def _surprises(
    seated: SeatedAnswers,
    model: IRTResult,
    chance: NDArray[np.float64],
    right: NDArray[np.bool_],
    asked: NDArray[np.bool_],
) -> tuple[Surprise, ...]:
    known = np.flatnonzero(np.isfinite(model.a) & np.isfinite(model.d)).tolist()
    found = [
        Surprise(place + 1, seated.questions[place], bool(right[place]), p if right[place] else 1 - p)
        for place, p in zip(known, chance.tolist(), strict=True)
        if asked[place]
    ]
    rare = [each for each in found if each.probability < SURPRISING]
    return tuple(sorted(rare, key=lambda each: each.probability)[:MOST_SURPRISES])
