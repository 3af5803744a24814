"""The score of one person and its verdict: whole points and Decimal, never a float."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from scoring.errors import ResponseError, ThresholdError
from scoring.keys import ItemKey

Points = int | Decimal


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """One place of a form.

    Attributes
    ----------
    item : str
        Name of the item.
    area : str
        The act or the area that its points count for.
    key : ItemKey
        Which options earn how many points.
    n_options : int
        Options to choose from; needed for formula scoring only.
    """

    item: str
    area: str
    key: ItemKey
    n_options: int = 0


@dataclass(frozen=True, slots=True)
class AreaScore:
    """Points in one area, and how the answers fell: full points, some or none, no answer."""

    area: str
    points: Points
    maximum: Points
    right: int
    not_right: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class FormScore:
    """Points over all areas, in the order in which the form first names them."""

    points: Points
    maximum: Points
    areas: tuple[AreaScore, ...]
    dropped: tuple[str, ...] = ()

    def area(self, name: str) -> AreaScore:
        """The score of one area."""
        for score in self.areas:
            if score.area == name:
                return score
        raise ThresholdError(f"the form has no area {name!r}")


@dataclass(frozen=True, slots=True)
class Threshold:
    """What has to be reached, in points.

    Attributes
    ----------
    overall : int or Decimal
        Points of the whole test.
    by_area : tuple of (str, int or Decimal)
        Least points of single areas; areas not named have no minimum of their own.
    source : str
        The order that sets it.
    """

    overall: Points
    by_area: tuple[tuple[str, Points], ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        for points in (self.overall, *(points for _, points in self.by_area)):
            if isinstance(points, (bool, float)) or not isinstance(points, (int, Decimal)):
                raise ThresholdError(f"a threshold is in whole points or Decimal, not {points!r}")
            if points < 0:
                raise ThresholdError(f"a threshold cannot be negative: {points}")
        areas = [area for area, _ in self.by_area]
        if len(set(areas)) < len(areas):
            raise ThresholdError("an area has two thresholds")


@dataclass(frozen=True, slots=True)
class ScoreGround:
    """One comparison behind a verdict; the area is empty for the whole test."""

    area: str
    points: Points
    required: Points
    maximum: Points
    met: bool
    source: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Passed or not, with every comparison that was made."""

    passed: bool
    grounds: tuple[ScoreGround, ...]

    @property
    def failed_grounds(self) -> tuple[ScoreGround, ...]:
        """The comparisons that were not met."""
        return tuple(ground for ground in self.grounds if not ground.met)


def score_answers(
    answers: Mapping[str, str | None], form: Sequence[ScoredItem], *, formula: bool = False
) -> FormScore:
    """Score the answers of one person.

    Parameters
    ----------
    answers : mapping of item to option
        None or absent is no answer.
    form : sequence of ScoredItem
        The places of the form; an item that is dropped counts neither for points nor for the maximum.
    formula : bool
        Take off 1 / (n_options - 1) of an item's points for each wrong answer, rounded half up to
        hundredths of a point per area. Off by default: it tests readiness to guess as well.

    Returns
    -------
    FormScore
        Points of the form and of its areas, exact.

    Raises
    ------
    ResponseError
        If the form is empty or names an item twice, answers name items that are not on it, or formula
        scoring does not know the number of options.

    References
    ----------
    Lord, F. M. (1975). Journal of Educational Measurement 12, 7-11 (formula scoring).
    """
    _check_form(answers, form)
    areas = dict.fromkeys(place.area for place in form)
    scores = tuple(
        _score_area(area, [place for place in form if place.area == area], answers, formula) for area in areas
    )
    return FormScore(
        points=total(score.points for score in scores),
        maximum=total(score.maximum for score in scores),
        areas=scores,
        dropped=tuple(place.item for place in form if place.key.dropped),
    )


def judge(score: FormScore, threshold: Threshold) -> Verdict:
    """Compare a score with its threshold; equality meets it, and every area with a minimum has to.

    Parameters
    ----------
    score : FormScore
        From `scoring.score_answers`.
    threshold : Threshold
        In points.

    Returns
    -------
    Verdict
        With a ground for the whole and for each area that has a minimum.

    Raises
    ------
    ThresholdError
        If more is required than the form can give, or an area is not on the form: nobody could pass.
    """
    grounds = [_compare("", score.points, threshold.overall, score.maximum, threshold.source)]
    for name, required in threshold.by_area:
        area = score.area(name)
        grounds.append(_compare(name, area.points, required, area.maximum, threshold.source))
    return Verdict(all(ground.met for ground in grounds), tuple(grounds))


def total(points: Iterable[Points]) -> Points:
    """Add points exactly; a whole sum is an int."""
    return whole(sum((Decimal(value) for value in points), Decimal(0)))


def whole(points: Decimal) -> Points:
    """Write whole points as int."""
    return int(points) if points == points.to_integral_value() else points.normalize()


def _check_form(answers: Mapping[str, str | None], form: Sequence[ScoredItem]) -> None:
    items = [place.item for place in form]
    if not items:
        raise ResponseError("the form is empty")
    if len(set(items)) < len(items):
        raise ResponseError("an item stands twice on the form")
    strange = sorted(set(answers) - set(items))
    if strange:
        raise ResponseError(f"there is an answer to {strange[0]!r}, which is not on the form")


def _score_area(
    area: str, places: Sequence[ScoredItem], answers: Mapping[str, str | None], formula: bool
) -> AreaScore:
    counted = [place for place in places if not place.key.dropped]
    earned = [place.key.points(answers.get(place.item)) for place in counted]
    blank = sum(answers.get(place.item) is None for place in counted)
    full = sum(points == place.key.max_points for points, place in zip(earned, counted, strict=True))
    free = sum(place.key.everyone and answers.get(place.item) is None for place in counted)
    points = sum(earned, Decimal(0))
    if formula:
        points -= _penalty(place for place in counted if _is_wrong(place, answers.get(place.item)))
    return AreaScore(
        area=area,
        points=whole(points),
        maximum=total(place.key.max_points for place in counted),
        right=full,
        not_right=len(counted) - full - (blank - free),
        unanswered=blank - free,
    )


def _is_wrong(place: ScoredItem, option: str | None) -> bool:
    return option is not None and place.key.points(option) == 0


def _penalty(wrong: Iterable[ScoredItem]) -> Decimal:
    """Add up exactly what wrong answers cost, and round once."""
    cost = Fraction(0)
    for place in wrong:
        if place.n_options < 2:
            raise ResponseError(f"formula scoring needs the number of options of {place.item!r}")
        cost += Fraction(place.key.max_points) / (place.n_options - 1)
    exact = Decimal(cost.numerator) / Decimal(cost.denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _compare(area: str, points: Points, required: Points, maximum: Points, source: str) -> ScoreGround:
    if required > maximum:
        where = f"area {area!r}" if area else "the form"
        raise ThresholdError(f"{required} points are required and {where} has only {maximum}")
    return ScoreGround(area, points, required, maximum, points >= required, source)
