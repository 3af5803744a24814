"""The errors of the rules."""

from exam.rules.refusals import Refusal


class RefusedError(Exception):
    """An act that the rules do not allow; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal

    @property
    def code(self) -> str:
        """The code of the refusal."""
        return self.refusal.code


class VoteRefusedError(RefusedError):
    """A vote, or a count of votes, that the rules of the commission do not allow."""


class UnknownRegimeError(LookupError):
    """No regime has this code."""
