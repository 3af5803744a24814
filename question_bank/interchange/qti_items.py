"""QTI 2.1, 2.2 and 3.0 items: one question an `assessmentItem`.

The names of 3.0 are those of 2.x with ``qti-`` before them and hyphens between their words; both are read
by the same code.

Source: IMS Question and Test Interoperability 2.1 (2012) and 2.2, 1EdTech QTI 3.0.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from question_bank.interchange.details import NAMES, ordered, with_description
from question_bank.interchange.drafts import Collector, Draft, DraftOption, Reading, tidy
from question_bank.interchange.numbers import read_number
from question_bank.interchange.qti_keys import Declared, declared_of
from question_bank.interchange.qti_words import Speaker, tongue_of, unnamed_in
from question_bank.interchange.xml_tree import Node
from question_bank.items import NOTHING, Kind, Text

INTERACTION = re.compile(r"[a-zA-Z]+Interaction")
HYPHENED = re.compile(r"-([a-z])")
READ = ("choiceInteraction", "orderInteraction", "matchInteraction", "textEntryInteraction")
TEMPLATES = ("match_correct", "map_response")
KNOWN = {
    *("responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"),
}
OUTSIDE = {
    *("rubricBlock", "feedbackBlock", "feedbackInline", "templateBlock", "templateInline"),
    *("printedVariable", "include", "hottext", "gap"),
}
OPTIONS = {"simpleChoice", "simpleAssociableChoice"}


def named_as_2(node: Node) -> Node:
    """Return a tree of QTI 3.0 with the names of QTI 2."""
    tag = node.tag
    if tag.startswith("qti-"):
        tag = HYPHENED.sub(lambda found: found[1].upper(), tag.removeprefix("qti-"))
    attributes = {
        name
        if name.startswith(("aria-", "data-"))
        else HYPHENED.sub(lambda found: found[1].upper(), name): value
        for name, value in node.attributes.items()
    }
    content = [each if isinstance(each, str) else named_as_2(each) for each in node.content]
    return Node(tag, node.namespace, attributes, node.line, content)


@dataclass(slots=True)
class Item:
    """One assessment item while it is read."""

    collector: Collector
    node: Node
    name: str

    def note(self, check: str, message: str, line: int = 0) -> None:
        self.collector.note(line or self.node.line, check, message, self.name)

    def refuse(self, check: str, message: str) -> None:
        self.collector.refuse(self.node.line, check, message, self.name)


def qti_of(root: Node, file: str, category: str = "", usual: str = "ru") -> Reading:
    """Read a parsed item of QTI 2.1, 2.2 or 3.0; `usual` is the language of most items beside it."""
    root = named_as_2(root) if root.tag.startswith("qti-") else root
    collector = Collector(file, usual)
    said = [unnamed_in(each) for each in root.children if each.tag in {"itemBody", "modalFeedback"}]
    texts, named = "\n".join(text for text, _ in said), any(also for _, also in said)
    collector.turn_to(texts, named=named, spoken=tongue_of(root))
    if root.tag != "assessmentItem":
        collector.refuse(root.line, "test", "a test without its items; import the package that holds them")
        return collector.reading()
    item = Item(collector, root, tidy(root.get("title", root.get("identifier"))))
    _note_what_is_left(item)
    body = root.child("itemBody")
    found = list(body.all(*READ, *_others(body))) if body else []
    if body is None or len(found) != 1:
        item.refuse("interactions", f"one question an item is expected, {len(found)} stand in this one")
    elif found[0].tag not in READ:
        item.refuse("kind", f"{found[0].tag} is not a kind of this bank")
    else:
        _read(item, body, found[0], category)
    return collector.reading()


def _others(body: Node) -> set[str]:
    return {each.tag for each in _every(body) if INTERACTION.fullmatch(each.tag)} - set(READ)


def _every(node: Node) -> list[Node]:
    return [below for each in node.children for below in (each, *_every(each))]


def _read(item: Item, body: Node, interaction: Node, category: str) -> None:
    speaker = Speaker(item.collector.language, item.note)
    declared = declared_of(item, interaction.get("responseIdentifier"))
    if declared is None:
        item.refuse("key-missing", "no right response is declared")
        return
    picture, shown = speaker.picture(body)
    author = _author_says(body)
    said = {name: value for name, value in author.items() if name in NAMES}
    for name in sorted(set(author) - {*NAMES, "category"}):
        item.note("tag", f"the tag {f'synaq:{name}'[:80]!r} is not kept")
    draft = Draft(
        kind=Kind.SINGLE,
        stem=speaker.stem(body, interaction),
        feedback=_feedback(item, speaker),
        name=item.name,
        category=category or author.get("category", ""),
        details=ordered(with_description(said, shown)),
        picture=picture,
    )
    read = _with_answers(item, speaker, interaction, declared, draft)
    if read:
        item.collector.take(item.node.line, read)


def _with_answers(
    item: Item, speaker: Speaker, interaction: Node, declared: Declared, draft: Draft
) -> Draft | None:
    match interaction.tag:
        case "choiceInteraction":
            return _choice(speaker, interaction, declared, draft)
        case "orderInteraction":
            return _order(item, speaker, interaction, declared, draft)
        case "matchInteraction":
            return _match(item, speaker, interaction, declared, draft)
    return _number(item, declared, draft)


def _choice(speaker: Speaker, interaction: Node, declared: Declared, draft: Draft) -> Draft:
    single = declared.single and interaction.get("maxChoices", "1") == "1"
    options = tuple(
        DraftOption(
            speaker.text(node),
            node.get("identifier") in declared.right,
            speaker.feedback(node),
            node.get("fixed") == "true",
        )
        for node in interaction.children
        if node.tag == "simpleChoice"
    )
    return replace(draft, kind=Kind.SINGLE if single else Kind.MULTIPLE, options=options)


def _order(item: Item, speaker: Speaker, interaction: Node, declared: Declared, draft: Draft) -> Draft | None:
    nodes = {node.get("identifier"): node for node in interaction.children if node.tag == "simpleChoice"}
    if sorted(nodes) != sorted(declared.right):
        item.refuse("key", "the right order does not name every option once")
        return None
    options = tuple(
        DraftOption(speaker.text(nodes[name]), fixed=nodes[name].get("fixed") == "true")
        for name in declared.right
    )
    return replace(draft, kind=Kind.ORDERING, options=options)


def _match(item: Item, speaker: Speaker, interaction: Node, declared: Declared, draft: Draft) -> Draft | None:
    sets = [each for each in interaction.children if each.tag == "simpleMatchSet"]
    if len(sets) != 2:
        item.refuse("pairs", "two sets to match are expected")
        return None
    lefts, rights = ({node.get("identifier"): speaker.text(node) for node in each.children} for each in sets)
    pairs = dict(pair.split()[:2] for pair in declared.right if len(pair.split()) == 2)
    if set(pairs) - set(lefts):
        pairs = {left: right for right, left in pairs.items()}
    if set(pairs) != set(lefts) or set(pairs.values()) - set(rights) or len(pairs) != len(declared.right):
        item.refuse("key", "every left side needs one right side of its own")
        return None
    taken = [pairs[name] for name in lefts]
    options = [rights[name] for name in (*taken, *(name for name in rights if name not in taken))]
    return replace(
        draft, kind=Kind.MATCHING, lefts=tuple(lefts.values()), options=tuple(map(DraftOption, options))
    )


def _number(item: Item, declared: Declared, draft: Draft) -> Draft | None:
    value = read_number(declared.right[0]) if len(declared.right) == 1 else None
    if value is None or declared.type not in {"integer", "float"}:
        item.refuse("short-answer", "an answer typed as text is not a kind of this bank; a number is")
        return None
    return replace(draft, kind=Kind.NUMERIC, answer=value, tolerance=declared.tolerance or Decimal(0))


def _feedback(item: Item, speaker: Speaker) -> Text:
    said = [node for node in item.node.children if node.tag == "modalFeedback"]
    if len(said) > 1:
        item.note("feedback", "one feedback is kept, the others are not", said[1].line)
    return speaker.text(said[0]) if said else NOTHING


def _author_says(body: Node) -> dict[str, str]:
    """Read the fields of our own bank, which we write into a block for authors."""
    return {
        row.get("label").removeprefix("synaq:"): tidy(row.text)
        for block in body.children
        if block.tag == "rubricBlock" and block.get("view") == "author"
        for row in block.children
        if row.get("label").startswith("synaq:")
    }


def _note_what_is_left(item: Item) -> None:
    for node in item.node.children:
        if node.tag not in KNOWN:
            item.note("element", f"<{node.tag[:40]}> is not kept", node.line)
    for node in _outside(item.node):
        if not _is_ours(node):
            item.note("element", f"<{node.tag}> is not kept", node.line)
    for flag in ("adaptive", "timeDependent"):
        if item.node.get(flag) == "true":
            item.note(flag, f"{flag} is not kept", item.node.line)
    processing = item.node.child("responseProcessing")
    template = processing.get("template") if processing else ""
    if processing and not any(known in template for known in TEMPLATES) and not declared_numeric(processing):
        item.note("processing", "rules of scoring are not read; the declared right response is the key")


def _outside(node: Node) -> list[Node]:
    """Return what would be shown beside question and options; what an option says when chosen is kept."""
    found: list[Node] = []
    for each in node.children:
        kept = node.tag in OPTIONS and each.tag in {"feedbackInline", "feedbackBlock"}
        if each.tag in OUTSIDE and not kept:
            found.append(each)
        else:
            found.extend(_outside(each))
    return found


def _is_ours(node: Node) -> bool:
    labels = [row.get("label") for row in node.children]
    return (
        node.get("view") == "author" and bool(labels) and all(label.startswith("synaq:") for label in labels)
    )


def declared_numeric(processing: Node) -> bool:
    """Say whether the rules only compare a number within a tolerance, as we write them."""
    return next(processing.all("equal"), None) is not None
