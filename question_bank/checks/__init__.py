"""What a reader of an item would object to, found before an approver reads it.

A finding is no verdict: some are mistakes, some only deserve a look. Each names its item and says why.
"""

from collections.abc import Mapping, Sequence

from question_bank.checks.balance import check_balance, check_longest
from question_bank.checks.likeness import check_likeness
from question_bank.checks.standing import check_enemies, check_standing
from question_bank.checks.wording import check_wording
from question_bank.items import Item, State
from question_bank.legislation import Act
from question_bank.problems import Problem

__all__ = ["check_bank", "check_item"]


def check_item(item: Item, acts: Mapping[str, Act]) -> tuple[Problem, ...]:
    """Return what can be said against an item by itself."""
    return (*check_wording(item), *check_standing(item, acts))


def check_bank(items: Sequence[Item], acts: Mapping[str, Act]) -> tuple[Problem, ...]:
    """Return what can be said against a bank: each item by itself, and the items together.

    Retired items are left aside.
    """
    living = [item for item in items if item.state is not State.RETIRED]
    alone = [problem for item in living for problem in check_item(item, acts)]
    together = (check_enemies, check_likeness, check_balance, check_longest)
    return (*alone, *(problem for check in together for problem in check(living)))
