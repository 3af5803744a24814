"""Whether a logic item of the bank is, word for word, the one that its seed gives and its solver proved."""

from question_bank.items import ChosenKey, Item
from question_bank.logic.errors import LogicError
from question_bank.logic.generating import generate
from question_bank.logic.kinds import KINDS
from question_bank.logic.verifying import verify


def is_proved(item: Item) -> bool:
    """Generate the item anew from its seed, solve it, and compare what a candidate is asked.

    Returns
    -------
    bool
        False where the stem, an option, the key or the certificate is another, or there is no such seed.
    """
    version = item.version
    if item.area not in KINDS or not version.seed.isdecimal():
        return False
    try:
        again = generate(item.area, seed=int(version.seed), count=1)[0]
        certificate = verify(again)
    except LogicError:
        return False
    return (
        version.stem == again.stem
        and tuple(option.text for option in version.options) == again.options
        and version.key == ChosenKey(frozenset({again.key}))
        and version.certificate == str(certificate)
    )
