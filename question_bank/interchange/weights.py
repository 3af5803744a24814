"""Shares of the points, as other systems give them to options, against a bank that knows right and wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from question_bank.interchange.drafts import DraftOption
from question_bank.items import NOTHING, Text

WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Weighed:
    """An option with its share of the points, in percent."""

    text: Text
    share: Decimal
    feedback: Text = NOTHING


def weigh(options: Sequence[Weighed], *, single: bool, note: Callable[[str, str], None]) -> list[DraftOption]:
    """Say which options are right.

    In a single choice the whole share is right and a part of it is not; in a multiple choice every share
    above zero is. Shares that the bank cannot keep are noted; that a part of the right options is worth
    nothing is the bank's rule and no note.
    """
    partial = [each for each in options if each.share not in (0, WHOLE)]
    right = [each.share == WHOLE if single else each.share > 0 for each in options]
    if single and partial:
        note("partial-credit", "an option that is worth a part of the points is kept as a wrong one")
    elif len({each.share for each in options} - {Decimal(0)}) > 1:
        note("partial-credit", "shares of the points are not kept: an answer is right as a whole or wrong")
    return [DraftOption(each.text, fits, each.feedback) for each, fits in zip(options, right, strict=True)]
