"""Values of the logic items: the certificate and the item."""

from dataclasses import asdict, dataclass
from typing import Any

from question_bank.items import Text


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a solver enumerated and which options held.

    Attributes
    ----------
    method : str
        ``worlds`` (every state of affairs), ``rules`` (every rule of the declared grammar) or
        ``relations`` (every relation of the closed table).
    space : str
        What was enumerated, in words.
    enumerated, consistent : int
        How many were tried, and how many agree with everything the stem says.
    holds : tuple of bool
        For each option in the printed order, whether it holds.
    grounds : tuple of str
        What makes the right option right: the rules, the world or the relation.
    """

    method: str
    space: str
    enumerated: int
    consistent: int
    holds: tuple[bool, ...]
    grounds: tuple[str, ...]

    def __str__(self) -> str:
        right = ", ".join(str(place + 1) for place, held in enumerate(self.holds) if held)
        return (
            f"{self.method}: {self.enumerated} enumerated ({self.space}), {self.consistent} agree with the "
            f"stem; of {len(self.holds)} options only {right} holds; grounds: {'; '.join(self.grounds)}"
        )


@dataclass(frozen=True, slots=True)
class LogicItem:
    """A generated item with its proof.

    Attributes
    ----------
    kind : str
        One of `question_bank.logic.KINDS`.
    seed : int
        ``generate(kind, seed=seed, count=1)`` returns this very item.
    stem : Text
    options : tuple of Text
        Four, distinct in both languages.
    key : int
        Index of the right option.
    rationale : Text
        Why the key is right, for the appeal.
    certificate : Certificate
    level : int
        Predicted difficulty, 1 (easy) to 3 (hard), from the features of the problem.
    errors : tuple of (str or None)
        For each option the error that leads to it; None for the key.
    problem : object
        What is given, as data; `verify` solves it anew.
    choices : tuple
        The options as data, in the printed order.
    """

    kind: str
    seed: int
    stem: Text
    options: tuple[Text, ...]
    key: int
    rationale: Text
    certificate: Certificate
    level: int
    errors: tuple[str | None, ...]
    problem: Any
    choices: tuple[Any, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the item as plain lists, dicts, strings and integers."""
        return asdict(self)


__all__ = ["Certificate", "LogicItem", "Text"]
