"""What a regime is made of.

A regime is one set of rules, by act and date. Everything that differs between the acts is a value here, so
that nothing outside this package asks which decree it is dealing with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exam.rules.absence import AbsenceRule
from exam.rules.calendar import Terms
from exam.rules.commission import QuorumBase
from exam.rules.exemptions import ExemptionGround, ReturnTerm
from exam.rules.stages import Stage
from scoring.outcome import RestrictionWhen


@dataclass(frozen=True, slots=True)
class Names:
    """One official name in three languages; the English one is a gloss and has no force."""

    kk: str
    ru: str
    en: str

    def of(self, language: str) -> str:
        """Return the name in ``kk``, ``ru`` or ``en``; KeyError for another language."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]


class CommissionKind(StrEnum):
    """Which commission hears a case."""

    CENTRAL = "central"
    REGIONAL = "regional"


class Duty(StrEnum):
    """What the holder of a post does in a commission."""

    CHAIR = "chair"
    MEMBER = "member"
    SECRETARY = "secretary"


class Subject(StrEnum):
    """What the computer test asks about."""

    LEGISLATION = "legislation"
    STATE_LANGUAGE = "state_language"
    LOGIC = "logic"


class AfterFailure(StrEnum):
    """What a failed part does to the case."""

    RESTRICTS_DECISIONS = "restricts_decisions"
    BARS_INTERVIEW = "bars_interview"
    IS_A_GROUND = "is_a_ground"


@dataclass(frozen=True, slots=True)
class CommissionPost:
    """One post of a composition, under its number in the list."""

    number: int
    duty: Duty
    names: Names


@dataclass(frozen=True, slots=True)
class Composition:
    """The posts of one kind of commission."""

    kind: CommissionKind
    posts: tuple[CommissionPost, ...]

    @property
    def chair(self) -> CommissionPost:
        """The post that presides."""
        return self._the_one(Duty.CHAIR)

    @property
    def secretary(self) -> CommissionPost:
        """The post that keeps the papers and does not vote."""
        return self._the_one(Duty.SECRETARY)

    @property
    def voting_posts(self) -> tuple[CommissionPost, ...]:
        """The posts that vote."""
        return tuple(post for post in self.posts if post.duty is not Duty.SECRETARY)

    def quorum_size(self, base: QuorumBase) -> int:
        """Return of how many posts two thirds must be there."""
        return len(self.posts if base is QuorumBase.ALL_POSTS else self.voting_posts)

    def _the_one(self, duty: Duty) -> CommissionPost:
        [post] = [each for each in self.posts if each.duty is duty]
        return post


@dataclass(frozen=True, slots=True)
class PostCategory:
    """A category of posts under attestation, under its number in the list."""

    commission: CommissionKind
    number: int
    names: Names
    note: Names | None = None

    @property
    def code(self) -> str:
        """A name that stays: ``central-1`` … ``regional-17``."""
        return f"{self.commission.value}-{self.number}"


@dataclass(frozen=True, slots=True)
class DecisionWords:
    """A decision under its number, in the words of the act."""

    number: int
    code: str
    names: Names


@dataclass(frozen=True, slots=True)
class Reattestation:
    """A second attestation.

    Its term is counted in months from the first; `open_after_failure` are the numbers of the decisions that
    are left to an officer who fails a part again.
    """

    not_before_months: int
    not_after_months: int
    decisions: tuple[DecisionWords, ...]
    open_after_failure: frozenset[int]


@dataclass(frozen=True, slots=True)
class Regime:
    """A set of rules, by act and date.

    Parameters
    ----------
    code : str
        A name that stays.
    title, act : Names
        What it is called, and the act with number and date.
    first_day, last_day : date or None
        The days of the campaign that the act itself sets; None where it sets none.
    stages, optional_stages : tuple of Stage
        In order; the optional ones are held only when the head of the body decides so.
    stage_names : mapping of Stage to Names
    subjects : tuple of Subject
        What the computer test asks about.
    decisions : tuple of DecisionWords
    after_failure : AfterFailure
    restriction_when : RestrictionWhen or None
        The reading of the restriction that a campaign starts with; None where nothing restricts.
    restriction_clause : Names or None
    categories : tuple of PostCategory
        Empty where the act does not list posts.
    compositions : tuple of Composition
        Empty where the act does not list posts.
    smallest_commission : int or None
        The least number of members where the posts are not listed.
    quorum_base : QuorumBase
        What a campaign starts with.
    terms : Terms
    exemptions : tuple of ExemptionGround
    after_return : ReturnTerm
    absence : AbsenceRule or None
    reattestation : Reattestation or None
    """

    code: str
    title: Names
    act: Names
    first_day: date | None
    last_day: date | None
    stages: tuple[Stage, ...]
    stage_names: Mapping[Stage, Names]
    subjects: tuple[Subject, ...]
    decisions: tuple[DecisionWords, ...]
    after_failure: AfterFailure
    restriction_when: RestrictionWhen | None
    restriction_clause: Names | None
    categories: tuple[PostCategory, ...]
    compositions: tuple[Composition, ...]
    smallest_commission: int | None
    quorum_base: QuorumBase
    terms: Terms
    exemptions: tuple[ExemptionGround, ...]
    after_return: ReturnTerm
    absence: AbsenceRule | None
    reattestation: Reattestation | None
    optional_stages: tuple[Stage, ...] = ()

    def covers(self, day: date) -> bool:
        """Say whether the act allows attestation on `day`."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )

    def composition(self, kind: CommissionKind) -> Composition:
        """Return the composition of one kind of commission; KeyError when the act lists none."""
        return {each.kind: each for each in self.compositions}[kind]

    def categories_of(self, kind: CommissionKind) -> tuple[PostCategory, ...]:
        """Return the categories that one kind of commission hears."""
        return tuple(each for each in self.categories if each.commission is kind)

    def category(self, code: str) -> PostCategory:
        """Return the category with this code; KeyError when there is none."""
        return {each.code: each for each in self.categories}[code]

    def decision(self, number: int) -> DecisionWords:
        """Return the decision with this number; KeyError when there is none."""
        return {each.number: each for each in self.decisions}[number]
