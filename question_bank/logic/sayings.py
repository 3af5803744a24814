"""What people say in the puzzles of truth-tellers and liars, as data."""

from dataclasses import dataclass

Answer = tuple[str, ...] | int  # names, or how many


@dataclass(frozen=True, slots=True)
class Claim:
    """What one says.

    Attributes
    ----------
    kind : str
        ``lies``, ``honest`` (about one), ``alike``, ``unlike`` (about two), ``liars``, ``liars_or_more``
        (with `number`), ``is``, ``is_not``, ``is_one_of`` (about the owner).
    names : tuple of str
    number : int
    """

    kind: str
    names: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class TruthProblem:
    """Who says what, what is known of the sayings, and what is asked.

    Attributes
    ----------
    names : tuple of str
        The people; `sayings` stand in the same order.
    true_sayings : int
        Zero where everybody always lies or always tells the truth; else how many sayings are true.
    asked : str
        ``who_lies``, ``who_is_honest``, ``how_many_lie`` or ``owner``.
    story : int
        Which thing the owner is asked for.
    """

    names: tuple[str, ...]
    sayings: tuple[Claim, ...]
    true_sayings: int
    asked: str
    story: int
