"""From the data of a paper to its PDF.

The typst compiler reads no font of the machine, so a paper looks the same everywhere; its own fonts have
every Kazakh letter. Facts go in as JSON, never as markup: a name cannot become a command.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib.resources import as_file, files
from types import MappingProxyType

import typst

from exam.printing.form_papers import AnswersPaper, FormPaper, KeyPaper, QuestionsPaper, RoomPaper
from exam.printing.papers import CharacteristicPaper, Paper, ProtocolPaper, SheetPaper

TEMPLATES: Mapping[type, str] = MappingProxyType(
    {
        ProtocolPaper: "protocol.typ",
        SheetPaper: "sheet.typ",
        CharacteristicPaper: "characteristic.typ",
        QuestionsPaper: "questions.typ",
        AnswersPaper: "answers.typ",
        KeyPaper: "key.typ",
        RoomPaper: "room.typ",
    }
)


def facts_of(paper: Paper | FormPaper) -> str:
    """Return everything that stands on a paper as canonical JSON."""
    return json.dumps(asdict(paper), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(paper: Paper | FormPaper) -> str:
    """Return the SHA-256 of the facts, which the paper itself bears: a changed fact shows."""
    return hashlib.sha256(facts_of(paper).encode("utf-8")).hexdigest()


def render(paper: Paper | FormPaper) -> bytes:
    """Return a paper as PDF; the same facts give the same bytes."""
    return _compiled(paper, "pdf")


def render_picture(paper: Paper | FormPaper) -> bytes:
    """Return the first page of a paper as PNG."""
    return _compiled(paper, "png")


def _compiled(paper: Paper | FormPaper, kind: str) -> bytes:
    with as_file(files("exam.printing") / "templates") as folder:
        made = typst.compile(
            str(folder / TEMPLATES[type(paper)]),
            root=str(folder),
            format=kind,
            ppi=110,
            ignore_system_fonts=True,
            sys_inputs={"facts": facts_of(paper), "digest": digest_of(paper)},
            timestamp=0,
        )
    pages: bytes | list[bytes] = made
    return pages[0] if isinstance(pages, list) else pages
