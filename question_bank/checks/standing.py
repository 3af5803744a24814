"""What an item stands on: its act and article, its proof, and the items it must not meet."""

from collections.abc import Iterator, Mapping, Sequence

from question_bank.items import Item, Part, State
from question_bank.legislation import Act
from question_bank.logic.proving import is_proved
from question_bank.problems import Problem


def check_standing(item: Item, acts: Mapping[str, Act]) -> Iterator[Problem]:
    """Find what an item's key lacks under it."""
    found = _lacking_law(item, acts) if item.part is Part.LEGISLATION else _lacking_proof(item)
    for check, message in found:
        yield Problem(item.code, check, message)


def check_enemies(items: Sequence[Item]) -> Iterator[Problem]:
    """Find enemies that are not there, or that are the item itself."""
    codes = {item.code for item in items}
    for item in items:
        for enemy in sorted(item.enemies - codes):
            yield Problem(item.code, "enemy-unknown", f"its enemy {enemy} is not in the bank")
        if item.code in item.enemies:
            yield Problem(item.code, "enemy-unknown", "it is its own enemy")


def _lacking_law(item: Item, acts: Mapping[str, Act]) -> Iterator[tuple[str, str]]:
    source = item.version.source
    if source is None:
        yield "source-missing", "the act and article of the key are missing"
        return
    act = acts.get(source.act)
    if act is None:
        yield "act-unknown", f"there is no act {source.act!r} in the list of acts"
    elif not act.has_article(source.article.kk):
        yield "article-unknown", f"{source.article.kk!r} is not in the list of {source.act}"
    if source.valid_from and source.valid_to and source.valid_from > source.valid_to:
        yield "source-dates", f"the source ends on {source.valid_to} before it begins on {source.valid_from}"
    if item.grade == "C" and item.state is State.ACTIVE:
        yield "grade-too-low", "an item on a fact of grade C is never active"
    if not item.fact:
        yield "fact-missing", "the number of the fact is missing"


def _lacking_proof(item: Item) -> Iterator[tuple[str, str]]:
    if not item.version.seed or not item.version.certificate:
        yield "certificate-missing", "seed and certificate are needed to show that one option is right"
    elif not is_proved(item):
        yield "certificate-wrong", "its seed gives another question, or its solver another certificate"
