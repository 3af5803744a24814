"""Texts of a QTI item: XHTML in one language, or spans that each name theirs."""

from collections.abc import Callable
from dataclasses import dataclass

from question_bank.interchange.drafts import in_one, tidy
from question_bank.interchange.languages import language_of
from question_bank.interchange.markup import html_to_text
from question_bank.interchange.xml_tree import Node
from question_bank.items import NOTHING, Text

LANGUAGES = {"kk": "kk", "kz": "kk", "kaz": "kk", "ru": "ru", "rus": "ru"}
ASIDE = {"rubricBlock", "feedbackInline", "feedbackBlock", "templateBlock", "templateInline", "prompt"}
OURS = "synaq-text"
GAP = "_____"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Reads texts; what has to be left out goes to `note` as check, sentence and line."""

    language: str
    note: Callable[[str, str, int], None]

    def text(self, node: Node) -> Text:
        """Return the text of an element."""
        around = [node, *(each for each in node.children if each.tag in {"div", "p"})]
        spoken = [each for outer in around for each in outer.children if each.get("class") == OURS]
        if spoken:
            said = {LANGUAGES.get(each.get("lang"), "ru"): _lines(each) for each in spoken}
            return Text(said.get("kk", ""), said.get("ru", ""))
        if _names_both(node):
            both = ([each for each in node.content if _is_for(name, each)] for name in ("kk", "ru"))
            return Text(*(self._html(node, content) for content in both))
        return in_one(self.language, self._html(node, node.content))

    def stem(self, body: Node, interaction: Node) -> Text:
        """Return what stands before the interaction, its prompt, and what stands after it."""
        if interaction.tag == "textEntryInteraction":
            return self.text(_with_gap(body, interaction))
        around = _around(body, interaction)
        prompt = interaction.child("prompt")
        pieces = [self.text(each) for each in (around[0], prompt, around[1]) if each and _has_words(each)]
        return Text(*(tidy("\n\n".join(filter(None, said))) for said in _by_language(pieces)))

    def picture(self, body: Node) -> tuple[str, Text]:
        """Return where the picture of an item lies, and what it shows in words."""
        pictures = [each for each in body.all("img") if each.get("src")]
        if len(pictures) > 1:
            self.note("pictures", "one picture is kept, the others are not", pictures[1].line)
        if not pictures:
            return "", NOTHING
        alt = pictures[0].get("alt")
        return pictures[0].get("src"), in_one("kk" if language_of(alt) == "kk" else self.language, alt)

    def feedback(self, node: Node) -> Text:
        """Return what is said when an option is chosen."""
        inline = node.child("feedbackInline", "feedbackBlock")
        return self.text(inline) if inline else Text("", "")

    def _html(self, node: Node, content: list[str | Node]) -> str:
        kept = [each for each in content if isinstance(each, str) or each.tag not in ASIDE]
        text, lost = html_to_text(Node(node.tag, "", {}, node.line, kept).markup())
        for tag in lost:
            if tag != "img":
                self.note("markup", f"<{tag}> is not kept", node.line)
        return text


def tongue_of(node: Node) -> str:
    """Return the language that an element names: ``"kk"``, ``"ru"`` or nothing."""
    return LANGUAGES.get(node.get("lang").lower()[:3].strip("-"), "")


def unnamed_in(node: Node) -> tuple[str, bool]:
    """Return the texts inside that do not name their language, and whether others do."""
    both, named, pieces = _names_both(node), False, []
    for each in node.content:
        if isinstance(each, str):
            pieces.append(each)
        elif each.get("class") == OURS or (both and tongue_of(each)):
            named = True
        elif each.tag != "rubricBlock":
            text, also = unnamed_in(each)
            pieces.append(text)
            named = named or also
    return "\n".join(pieces), named


def _names_both(node: Node) -> bool:
    return {"kk", "ru"} <= {tongue_of(each) for each in node.children}


def _is_for(tongue: str, content: str | Node) -> bool:
    """Say whether a part of a text in both languages is shown in one: what names none is shown in each."""
    return isinstance(content, str) or tongue_of(content) in {"", tongue}


def _by_language(pieces: list[Text]) -> tuple[list[str], list[str]]:
    return [piece.kk for piece in pieces], [piece.ru for piece in pieces]


def _lines(node: Node) -> str:
    return tidy("".join(each if isinstance(each, str) else "\n" for each in node.content))


def _has_words(node: Node) -> bool:
    return bool(node.text.strip())


def _with_gap(node: Node, interaction: Node) -> Node:
    """Return the body with a gap where the number is to be typed; none at its end."""
    before, after = _around(node, interaction)
    if not _has_words(after):
        return before
    return _filled(node, interaction)


def _filled(node: Node, interaction: Node) -> Node:
    content = [
        GAP if each is interaction else each if isinstance(each, str) else _filled(each, interaction)
        for each in node.content
    ]
    return Node(node.tag, "", node.attributes, node.line, content)


def _around(body: Node, interaction: Node) -> tuple[Node, Node]:
    """Cut the body at the interaction, however deep it stands, into what is before and what is after."""
    before, after, passed = _cut(body, interaction)
    return before, after if passed else Node(body.tag, "", {}, body.line)


def _cut(node: Node, interaction: Node) -> tuple[Node, Node, bool]:
    before = Node(node.tag, "", node.attributes, node.line)
    after = Node(node.tag, "", node.attributes, node.line)
    passed = False
    for each in node.content:
        if each is interaction:
            passed = True
        elif passed:
            after.content.append(each)
        elif isinstance(each, Node) and any(below is interaction for below in each.all(interaction.tag)):
            first, second, passed = _cut(each, interaction)
            before.content.append(first)
            after.content.append(second)
        else:
            before.content.append(each)
    return before, after, passed
