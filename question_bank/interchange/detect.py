"""Which format a file is in, told by its bytes and never by its name."""

import re
from collections.abc import Collection

from question_bank.interchange.xml_tree import Node

MANIFEST = "imsmanifest.xml"
ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
XML = re.compile(r"\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z][\w.:-]*[\s>/])")
ANSWER = re.compile(r"^[ \t]*(?:ANSWER|ОТВЕТ|ЖАУАБЫ|ЖАУАП)[ \t]*:", re.MULTILINE | re.IGNORECASE)
LETTERED = re.compile(r"^[ \t]*[A-ZА-Я](?:\)|\.[ \t])", re.MULTILINE | re.IGNORECASE)
QTI_1, QTI_1_RESOURCE = "questestinterop", "imsqti_xmlv1"
QTI_1_SAID = "QTI 1.2 (questestinterop) is not read; export it as QTI 2.1 or newer"
FORMATS = ("gift", "aiken", "moodle", "qti21", "qti22", "qti30", "xlsx")


def is_zip(content: bytes) -> bool:
    return content.startswith(ZIP)


def is_xml(text: str) -> bool:
    """Say whether a text begins as a document of XML does."""
    return bool(XML.match(text))


def format_of_text(text: str) -> str:
    """Return ``"aiken"``, ``"gift"``, or nothing for a text that is neither."""
    if ANSWER.search(text) and LETTERED.search(text):
        return "aiken"
    return "gift" if "{" in text or "::" in text or "$CATEGORY:" in text else ""


def format_of_tree(root: Node) -> str:
    """Return the format of a parsed document, or nothing for one that holds no questions."""
    if root.tag == "quiz":
        return "moodle"
    if root.tag in {"qti-assessment-item", "qti-assessment-test"}:
        return "qti30"
    if root.tag in {"assessmentItem", "assessmentTest"}:
        return "qti22" if "v2p2" in root.namespace else "qti21"
    return ""


def format_of_entries(names: set[str]) -> str:
    """Return ``"xlsx"`` or ``"package"`` by the entries of a zip; nothing when it is neither."""
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx"
    return "package" if manifest_of(names) else ""


def manifest_of(names: Collection[str]) -> str:
    """Return the manifest among the entries: at the root, or in the one folder that was packed whole."""
    folders = {name.partition("/")[0] for name in names}
    places = (MANIFEST, *(f"{folder}/{MANIFEST}" for folder in folders if len(folders) == 1))
    return next((place for place in places if place in names), "")
