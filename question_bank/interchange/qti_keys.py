"""The declared right response of a QTI item."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from question_bank.interchange.numbers import read_number
from question_bank.interchange.xml_tree import Node

if TYPE_CHECKING:
    from question_bank.interchange.qti_items import Item


@dataclass(frozen=True, slots=True)
class Declared:
    """Identifiers, pairs or values that are right, in their order, and how far off a number may be."""

    right: tuple[str, ...]
    single: bool
    type: str
    tolerance: Decimal | None = None


def declared_of(item: "Item", identifier: str) -> Declared | None:
    """Return what the item declares for an interaction; None when nothing is declared as right."""
    nodes = [each for each in item.node.children if each.tag == "responseDeclaration"]
    node = next((each for each in nodes if each.get("identifier") == identifier), None)
    if node is None:
        return None
    correct, mapping = node.child("correctResponse"), node.child("mapping")
    right = tuple(" ".join(each.text.split()) for each in correct.children) if correct else ()
    if mapping:
        _note_weights(item, mapping)
        right = right or _mapped(mapping)
    if not right:
        return None
    return Declared(right, node.get("cardinality") == "single", node.get("baseType"), _tolerance(item))


def _mapped(mapping: Node) -> tuple[str, ...]:
    """Take what is worth more than nothing where no right response is declared."""
    worth = [(each.get("mapKey"), read_number(each.get("mappedValue"))) for each in mapping.children]
    return tuple(key for key, value in worth if value is not None and value > 0)


def _note_weights(item: "Item", mapping: Node) -> None:
    item.note(
        "partial-credit", "shares of the points are not kept: an answer is right or wrong", mapping.line
    )


def _tolerance(item: "Item") -> Decimal | None:
    """Read the tolerance of a comparison of numbers in the rules of scoring."""
    processing = item.node.child("responseProcessing")
    equal = next(processing.all("equal"), None) if processing else None
    if equal is None or equal.get("toleranceMode") != "absolute":
        if equal is not None and equal.get("toleranceMode") == "relative":
            item.note("tolerance", "a relative tolerance is not kept", equal.line)
        return None
    widths = [read_number(each) for each in equal.get("tolerance").split()]
    if not widths or None in widths or len(set(widths)) > 1:
        item.note("tolerance", "a tolerance that differs by side is not kept", equal.line)
        return None
    return widths[0]
