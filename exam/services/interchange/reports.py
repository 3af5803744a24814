"""A stranger's file of questions: drafts and everything that was not read, or one line why it was refused."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from exam.services.interchange.asking import USUAL, Limits, ask_child
from question_bank.interchange.codes import coded
from question_bank.interchange.drafts import Draft, draft_from_plain
from question_bank.problems import Problem

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Report:
    """What a file gave.

    Parameters
    ----------
    format
        The format found; empty where none was.
    drafts
        Questions that can enter the bank as drafts.
    problems
        What was not read and why, by file and line, cell or entry.
    notes
        What was left out of questions that were read.
    pictures
        PNG files, painted anew, by the names that drafts give them.
    refused
        Whether the file as a whole was refused; `problems` has the one line then.
    """

    format: str
    drafts: tuple[Draft, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    refused: bool = False


def read_file(name: str, content: bytes, *, wanted: str = "auto", limits: Limits = USUAL) -> Report:
    """Read a file of questions in a child process.

    Parameters
    ----------
    name : str
        Its name, for the places of problems; it decides nothing.
    content : bytes
        The file as it was sent.
    wanted : str
        ``"auto"`` or a format of `question_bank.interchange.detect.FORMATS`.
    limits : Limits

    Returns
    -------
    Report
        A hostile or broken file is a report too: no drafts and one problem.
    """
    name = Path(name).name[:LONGEST_NAME].encode("utf-8", "replace").decode("utf-8")
    if len(content) > limits.packed_bytes:
        return _refused(name, "file-too-large", f"larger than {limits.packed_bytes // 1024**2} MB")
    answer = ask_child(name, content, wanted, limits)
    if "refused" in answer:
        return _refused(name, str(answer["refused"]), str(answer["message"]))
    drafts = tuple(draft_from_plain(each) for each in answer["drafts"])
    _, twice = coded(drafts)
    problems = tuple(_problem(each) for each in answer["problems"])
    return Report(
        format=answer["format"],
        drafts=drafts,
        problems=problems,
        notes=(*(_problem(each) for each in answer["notes"]), *twice),
        pictures={name: base64.b64decode(png) for name, png in answer["pictures"].items()},
        refused=not answer["format"],
    )


def _refused(name: str, check: str, message: str) -> Report:
    return Report("", problems=(Problem("", check, message, name),), refused=True)


def _problem(plain: Mapping[str, str]) -> Problem:
    return Problem(plain["item"], plain["check"], plain["message"], plain.get("place", ""))
