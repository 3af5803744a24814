"""What must not happen in the question bank.

What an author can get wrong in numbers (files, texts, articles) is a `Problem` value; see
`question_bank.problems`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from question_bank.relaxations import Relaxation


class QuestionBankError(Exception):
    """The ground of every refusal of this room."""


class MalformedResponseError(QuestionBankError):
    """A response is not written the way its kind of question asks for."""


class MalformedKeyError(QuestionBankError):
    """A key does not fit the kind or the options of its item."""


class MoveRefusedError(QuestionBankError):
    """An item may not go from its state to the wanted one, or not by this hand."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class BlueprintError(QuestionBankError):
    """A blueprint contradicts itself or cannot be read."""


class InfeasibleError(QuestionBankError):
    """No set of forms meets every constraint; `relaxations` names the ones that stand in the way."""

    def __init__(self, relaxations: "Sequence[Relaxation]") -> None:
        named = "; ".join(str(relaxation) for relaxation in relaxations)
        super().__init__(f"no such forms can be assembled; to relax: {named}")
        self.relaxations = tuple(relaxations)


class UnfinishedError(QuestionBankError):
    """The solver reached its time limit; forms that depend on a machine's speed are not handed out."""
