"""QTI packages: the items that a manifest names, out of the entries of a zip.

Entries are looked up by name in what was unpacked into memory; nothing is written by a name of a stranger.
"""

import posixpath
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from question_bank.interchange.detect import MANIFEST, QTI_1, QTI_1_RESOURCE, QTI_1_SAID, manifest_of
from question_bank.interchange.drafts import Draft, Reading
from question_bank.interchange.encodings import agreed
from question_bank.interchange.qti_items import qti_of
from question_bank.interchange.xml_tree import Node, UnreadableXmlError, parse_xml
from question_bank.problems import Problem

ITEM, TEST = ("imsqti_item", "imsqti_apipitem"), ("imsqti_test", "imsqti_apiptest")
QUIET = ("associatedcontent", "webcontent", "controlfile", "imsqti_stylesheet")


def read_package(entries: Mapping[str, bytes], file: str) -> tuple[str, Reading]:
    """Read every item that the manifest of a package names.

    Parameters
    ----------
    entries
        Content by name, unpacked within limits.
    file
        Name of the package, for places.

    Returns
    -------
    tuple of str and Reading
        The format of its items, and what was read; places name the entry and the line.
    """
    at = manifest_of(entries)
    if not at:
        return "", _said(file, "manifest", f"the package has no {MANIFEST}")
    told = agreed(entries[at])
    try:
        manifest = parse_xml(told.content)
    except UnreadableXmlError as error:
        return "", _said(f"{file}/{at}", error.check, str(error))
    resources = list(manifest.all("resource"))
    kinds = [resource.get("type").lower() for resource in resources]
    if any(_is_old(kind) for kind in kinds) and not any(kind.startswith(ITEM) for kind in kinds):
        return "", _said(file, "qti-old", QTI_1_SAID)
    read = [_resource(resource, entries, at, file) for resource in resources]
    if _mostly_kazakh([reading for _, reading in read]):
        read = [
            _resource(resource, entries, at, file, "kk") if _supposed(first[1]) else first
            for resource, first in zip(resources, read, strict=True)
        ]
    form = next((found for found, _ in read if found), "qti21")
    whole = _joined(
        [
            _encoding(told.told, f"{file}/{at}"),
            *(reading for _, reading in read),
            _unlisted(resources, entries, at, file),
        ]
    )
    if not (whole.drafts or whole.problems):
        return form, _said(file, "nothing-read", "the manifest names no question")
    return form, whole


def _unlisted(resources: list[Node], entries: Mapping[str, bytes], at: str, file: str) -> Reading:
    """Note documents that nothing in the manifest names: perhaps questions, and nobody would miss them."""
    references = [each for resource in resources for each in (resource, *resource.all("file"))]
    named = {inside(each.get("href"), at) for each in references} | {at}
    left = sorted(name for name in entries if name.lower().endswith(".xml") and name not in named)
    said = "the manifest does not name this document; it is not read"
    return Reading(notes=tuple(Problem("", "unlisted", said, f"{file}/{name}") for name in left))


def _supposed(reading: Reading) -> bool:
    return any(note.check == "language-supposed" for note in reading.notes)


def _mostly_kazakh(readings: list[Reading]) -> bool:
    """Say whether more items of which the language is certain are in Kazakh alone than in Russian alone."""
    certain = [draft.languages for each in readings if not _supposed(each) for draft in each.drafts]
    return certain.count(("kk",)) > certain.count(("ru",))


def _resource(
    resource: Node, entries: Mapping[str, bytes], at: str, file: str, usual: str = "ru"
) -> tuple[str, Reading]:
    kind = resource.get("type").lower()
    place = f"{file}/{at}:{resource.line}"
    if _is_old(kind):
        return "", _said(place, "qti-old", QTI_1_SAID)
    if kind.startswith(TEST):
        return "", Reading(
            notes=(Problem("", "test", "the test itself is not kept, its questions are", place),)
        )
    if not kind.startswith(ITEM):
        quiet = kind.startswith(QUIET)
        note = Problem("", "resource", f"a resource of type {kind[:60]!r} is not read", place)
        return "", Reading(notes=() if quiet else (note,))
    name = inside(resource.get("href"), at)
    if name is None or name not in entries:
        return "", _said(place, "href", f"{resource.get('href')[:120]!r} is not an entry of the package")
    told = agreed(entries[name])
    try:
        root = parse_xml(told.content)
    except UnreadableXmlError as error:
        return "", _said(f"{file}/{name}", error.check, str(error))
    if root.tag == QTI_1:
        return "", _said(f"{file}/{name}", "qti-old", QTI_1_SAID)
    reading = _with_picture(qti_of(root, f"{file}/{name}", usual=usual), name, entries)
    return format_of(kind, root), _joined([_encoding(told.told, f"{file}/{name}"), reading])


def _is_old(kind: str) -> bool:
    return kind.startswith(QTI_1_RESOURCE)


def _encoding(told: str, place: str) -> Reading:
    """Note letters that were not as they should be."""
    return Reading(notes=(Problem("", "encoding", told, place),) if told else ())


def format_of(kind: str, root: Node) -> str:
    """Return the version of QTI that a resource and its document name."""
    if root.tag.startswith("qti-"):
        return "qti30"
    return "qti22" if "v2p2" in kind or "v2p2" in root.namespace else "qti21"


def inside(href: str, beside: str) -> str | None:
    """Return the entry that a reference from the entry `beside` names; None when it leads out."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path or "\\" in parts.path or "\x00" in parts.path:
        return None
    name = posixpath.normpath(posixpath.join(posixpath.dirname(beside), unquote(parts.path)))
    return None if name.startswith(("/", "..")) else name


def _with_picture(reading: Reading, name: str, entries: Mapping[str, bytes]) -> Reading:
    """Find the picture of the item among the entries; one that is elsewhere is not fetched."""
    pictures: dict[str, bytes] = {}
    drafts: list[Draft] = []
    notes = list(reading.notes)
    for draft in reading.drafts:
        entry = (inside(draft.picture, name) if draft.picture else "") or ""
        if entry in entries:
            pictures[entry] = entries[entry]
        elif draft.picture:
            said = f"the picture {draft.picture[:80]!r} is not in the package"
            notes.append(Problem(draft.name, "picture-missing", said, draft.place))
        drafts.append(replace(draft, picture=entry if entry in entries else ""))
    return Reading(tuple(drafts), reading.problems, tuple(notes), tuple(pictures.items()))


def _joined(readings: list[Reading]) -> Reading:
    return Reading(
        tuple(draft for each in readings for draft in each.drafts),
        tuple(problem for each in readings for problem in each.problems),
        tuple(note for each in readings for note in each.notes),
        tuple(picture for each in readings for picture in each.pictures),
    )


def _said(place: str, check: str, message: str) -> Reading:
    return Reading(problems=(Problem("", check, message, place),))
