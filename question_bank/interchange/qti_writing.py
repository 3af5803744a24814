"""Drafts as a QTI 2.1 package: an entry an item, and the manifest that names them.

Texts stand in both languages, each in a span that names its own. A field that QTI does not have stands in a
block for authors.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from question_bank.interchange.drafts import Draft, DraftOption
from question_bank.interchange.xml_writing import HEAD, attribute, element, lines, words
from question_bank.items import NOTHING, Kind, Text

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the same items give the same bytes
LONGEST_GAP = "20"
NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})
NOT_IN_NAMES = re.compile("[^A-Za-z0-9_.-]")


def write_package(drafts: Sequence[Draft], *, pictures: Mapping[str, bytes] = NO_PICTURES) -> bytes:
    """Return drafts as a package that `read_package` reads back.

    `pictures` are the bytes of PNG files by the names that drafts give them.
    """
    names = [f"items/{place:05d}.xml" for place in range(1, len(drafts) + 1)]
    shown = [_picture_of(draft, pictures) for draft in drafts]
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        items = map(write_item, drafts, shown)
        entries: dict[str, str | bytes] = {"imsmanifest.xml": _manifest(names, shown)}
        entries |= dict(zip(names, items, strict=True))
        entries |= {_entry(name): pictures[name] for name in shown if name}
        for entry, content in entries.items():
            package.writestr(zipfile.ZipInfo(entry, EARLIEST), content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _picture_of(draft: Draft, pictures: Mapping[str, bytes]) -> str:
    name = draft.picture or draft.detail("image")
    return name if pictures.get(name) else ""


def _entry(picture: str) -> str:
    return f"pictures/{picture.rpartition('/')[2]}"


def _manifest(names: Sequence[str], pictures: Sequence[str]) -> str:
    resources = [
        element(
            "resource",
            element("file", href=name),
            *([element("file", href=_entry(picture))] if picture else []),
            identifier=f"R{place}",
            type="imsqti_item_xmlv2p1",
            href=name,
        )
        for place, (name, picture) in enumerate(zip(names, pictures, strict=True), start=1)
    ]
    said = element("metadata", element("schema", "QTIv2.1 Package"), element("schemaversion", "1.0.0"))
    listed = f"<resources>\n{lines(resources)}</resources>"
    head = f'{HEAD}<manifest xmlns="{PACKAGE}" identifier="SYNAQ">'
    return f"{head}\n{said}\n<organizations/>\n{listed}\n</manifest>\n"


def write_item(draft: Draft, picture: str = "") -> str:
    """Return a draft as an assessment item of QTI 2.1; its package holds the picture that is named."""
    identifier = NOT_IN_NAMES.sub("_", f"I-{draft.name}")
    head = f'<assessmentItem xmlns="{QTI}" identifier="{identifier}" title="{attribute(draft.name)}"'
    body = [*_for_authors(draft), *_shown(picture, draft.described), *_asked(draft)]
    parts = [
        _declaration(draft),
        element("outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float"),
        element("outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier"),
        f"<itemBody>\n{lines(body)}</itemBody>",
        _processing(draft),
        *_modal(draft),
    ]
    return f'{HEAD}{head} adaptive="false" timeDependent="false">\n{lines(parts)}</assessmentItem>\n'


def _declaration(draft: Draft) -> str:
    right = {
        Kind.SINGLE: [f"O{place}" for place in draft.right],
        Kind.MULTIPLE: [f"O{place}" for place in draft.right],
        Kind.ORDERING: [f"O{place}" for place in range(len(draft.options))],
        Kind.MATCHING: [f"L{place} O{place}" for place in range(len(draft.lefts))],
        Kind.NUMERIC: [f"{draft.answer or 0:f}"],
    }[draft.kind]
    many = {Kind.SINGLE: "single", Kind.NUMERIC: "single", Kind.ORDERING: "ordered"}.get(
        draft.kind, "multiple"
    )
    kind = {Kind.NUMERIC: "float", Kind.MATCHING: "directedPair"}.get(draft.kind, "identifier")
    correct = element("correctResponse", *(element("value", each) for each in right))
    return element("responseDeclaration", correct, identifier="RESPONSE", cardinality=many, baseType=kind)


def _for_authors(draft: Draft) -> list[str]:
    told = [("category", draft.category), *draft.details]
    rows = [element("p", words(value), label=f"synaq:{name}") for name, value in told if value]
    return [element("rubricBlock", *rows, view="author")] if rows else []


def _shown(picture: str, described: Text) -> list[str]:
    alt = attribute(" / ".join(filter(None, (described.kk, described.ru))))
    return [element("div", element("img", src=f"../{_entry(picture)}", alt=alt))] if picture else []


def _asked(draft: Draft) -> list[str]:
    if draft.kind is Kind.NUMERIC:
        gap = element("textEntryInteraction", responseIdentifier="RESPONSE", expectedLength=LONGEST_GAP)
        return [element("div", _spoken(draft.stem)), element("p", gap)]
    prompt = element("prompt", _spoken(draft.stem))
    if draft.kind is Kind.MATCHING:
        return [_match(draft, prompt)]
    choices = [_choice(f"O{place}", option) for place, option in enumerate(draft.options)]
    given = {"responseIdentifier": "RESPONSE", "shuffle": "true"}
    if draft.kind is Kind.ORDERING:
        return [element("orderInteraction", prompt, *choices, **given)]
    most = "1" if draft.kind is Kind.SINGLE else "0"
    return [element("choiceInteraction", prompt, *choices, **given, maxChoices=most)]


def _match(draft: Draft, prompt: str) -> str:
    lefts = [
        element("simpleAssociableChoice", _spoken(left), identifier=f"L{place}", matchMax="1")
        for place, left in enumerate(draft.lefts)
    ]
    rights = [
        element("simpleAssociableChoice", _spoken(option.text), identifier=f"O{place}", matchMax="1")
        for place, option in enumerate(draft.options)
    ]
    sets = (element("simpleMatchSet", *lefts), element("simpleMatchSet", *rights))
    most = str(len(draft.lefts))
    return element(
        "matchInteraction", prompt, *sets, responseIdentifier="RESPONSE", shuffle="true", maxAssociations=most
    )


def _choice(name: str, option: DraftOption) -> str:
    said = _spoken(option.text)
    if option.feedback != NOTHING:
        said += element(
            "feedbackInline",
            _spoken(option.feedback),
            outcomeIdentifier="FEEDBACK",
            identifier=name,
            showHide="show",
        )
    return element("simpleChoice", said, identifier=name, fixed="true" if option.fixed else "false")


def _processing(draft: Draft) -> str:
    if draft.kind is not Kind.NUMERIC:
        return element("responseProcessing", template=f"{TEMPLATES}/match_correct")
    width = f"{draft.tolerance:f}"
    equal = element(
        "equal",
        element("variable", identifier="RESPONSE"),
        element("correct", identifier="RESPONSE"),
        toleranceMode="absolute",
        tolerance=f"{width} {width}",
    )
    one = element("setOutcomeValue", element("baseValue", "1", baseType="float"), identifier="SCORE")
    return element("responseProcessing", element("responseCondition", element("responseIf", equal, one)))


def _modal(draft: Draft) -> list[str]:
    if draft.feedback == NOTHING:
        return []
    given = {"outcomeIdentifier": "FEEDBACK", "identifier": "RATIONALE", "showHide": "show"}
    return [element("modalFeedback", _spoken(draft.feedback), **given)]


def _spoken(text: Text) -> str:
    """Return a text as one span a language; a line end is a break."""
    both = (("kk", text.kk), ("ru", text.ru))
    return "".join(
        f'<span class="synaq-text" xml:lang="{name}">{"<br/>".join(map(words, said.split(chr(10))))}</span>'
        for name, said in both
        if said
    )
