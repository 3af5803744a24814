"""The key of an item: which options earn how many points."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from scoring.errors import ResponseError


def plain_option(text: str) -> str:
    """Write an option the way it is compared: no blanks around it, one case, ``2.0`` as ``2``.

    Parameters
    ----------
    text : str
        The option as written.

    Returns
    -------
    str
    """
    option = text.strip().upper()
    whole, point, fraction = option.partition(".")
    if point and whole.lstrip("-").isdigit() and not fraction.strip("0"):
        return whole
    return option


@dataclass(frozen=True, slots=True)
class ItemKey:
    """The options of an item that earn points.

    Attributes
    ----------
    credit : tuple of (str, Decimal)
        Option, as `plain_option` writes it, and its points; options not named earn 0.
    dropped : bool
        The item is left out of the score: nobody gains and nobody loses by it.
    everyone : bool
        Everybody who was given the item earns its points, whatever the answer.
    """

    credit: tuple[tuple[str, Decimal], ...]
    dropped: bool = False
    everyone: bool = False

    def __post_init__(self) -> None:
        options = [option for option, _ in self.credit]
        if len(set(options)) != len(options):
            raise ResponseError(f"an option stands twice in the key: {', '.join(options)}")
        if not self.dropped and self.max_points <= 0:
            raise ResponseError("a key needs an option that earns points")

    @classmethod
    def of(cls, *options: str) -> "ItemKey":
        """One point for any of `options`."""
        return cls(tuple((plain_option(option), Decimal(1)) for option in options))

    @classmethod
    def partial(cls, credit: Mapping[str, Decimal | int]) -> "ItemKey":
        """Points by option."""
        return cls(tuple((plain_option(option), Decimal(points)) for option, points in credit.items()))

    @property
    def max_points(self) -> Decimal:
        """The most that an answer to the item can earn."""
        return max((points for _, points in self.credit), default=Decimal(0))

    @property
    def best(self) -> tuple[str, ...]:
        """The options with the most points."""
        return tuple(option for option, points in self.credit if points == self.max_points)

    def points(self, option: str | None) -> Decimal:
        """Points of one answer; None is no answer and earns 0."""
        if self.everyone and not self.dropped:
            return self.max_points
        if option is None or self.dropped:
            return Decimal(0)
        return dict(self.credit).get(plain_option(option), Decimal(0))


def parse_key(text: str) -> ItemKey:
    """Read a key from text: ``B``, several options ``B|D``, or points by option ``B=1|D=0.5``.

    ``all`` credits everyone with one point, ``drop`` leaves the item out.

    Parameters
    ----------
    text : str
        As in a sheet of keys.

    Returns
    -------
    ItemKey

    Raises
    ------
    ResponseError
        If the text is empty, names an option twice, or gives points that are no number.
    """
    parts = [part.strip() for part in text.replace("/", "|").split("|") if part.strip()]
    if not parts:
        raise ResponseError("the key is empty")
    if [part.casefold() for part in parts] == ["drop"]:
        return ItemKey((), dropped=True)
    if [part.casefold() for part in parts] == ["all"]:
        return ItemKey((("ALL", Decimal(1)),), everyone=True)
    credit = []
    for part in parts:
        option, equals, points = part.partition("=")
        try:
            credit.append((plain_option(option), Decimal(points.strip()) if equals else Decimal(1)))
        except InvalidOperation:
            raise ResponseError(f"the key {text!r} gives points that are no number") from None
    return ItemKey(tuple(credit))
