"""An item before its solver, without its generator."""

from question_bank.logic.errors import AlteredItemError, AmbiguousItemError, NoAnswerError, WrongKeyError
from question_bank.logic.kinds import kind_named
from question_bank.logic.values import Certificate, LogicItem


def verify(item: LogicItem) -> Certificate:
    """Solve an item anew and compare everything that is printed with the problem.

    Returns
    -------
    Certificate
        The new certificate, equal to the item's own.

    Raises
    ------
    AmbiguousItemError, NoAnswerError
        If not exactly one option holds.
    WrongKeyError
        If another option than the key holds.
    AlteredItemError
        If the stem, an option, the level, an error or the certificate is not that of the problem.
    """
    kind = kind_named(item.kind)
    certificate = kind.prove(item.problem, item.choices)
    held = [place for place, holds in enumerate(certificate.holds) if holds]
    if not held:
        raise NoAnswerError(f"{item.kind} {item.seed}: no option holds")
    if len(held) > 1:
        places = ", ".join(str(place + 1) for place in held)
        raise AmbiguousItemError(f"{item.kind} {item.seed}: options {places} hold")
    if held[0] != item.key:
        raise WrongKeyError(f"{item.kind} {item.seed}: option {held[0] + 1} holds, the key is {item.key + 1}")
    altered = _altered(item, certificate)
    if altered:
        raise AlteredItemError(f"{item.kind} {item.seed}: not those of the problem: {', '.join(altered)}")
    return certificate


def _altered(item: LogicItem, certificate: Certificate) -> list[str]:
    kind = kind_named(item.kind)
    options = tuple(kind.option(item.problem, choice) for choice in item.choices)
    as_solved = {
        "certificate": item.certificate == certificate,
        "stem": item.stem == kind.stem(item.problem),
        "options": item.options == options,
        "options in Kazakh": len({option.kk for option in options}) == len(options),
        "options in Russian": len({option.ru for option in options}) == len(options),
        "rationale": item.rationale == kind.rationale(item.problem, item.choices[item.key]),
        "level": item.level == kind.level(item.problem),
        "errors": [error is None for error in item.errors]
        == [place == item.key for place in range(len(options))],
    }
    return [name for name, same in as_solved.items() if not same]
