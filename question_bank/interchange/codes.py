"""The codes under which questions of a file enter the bank: each its own, none merged with another."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from question_bank.interchange.drafts import Draft, draft_to_plain
from question_bank.problems import Problem

CODE = re.compile(r"[A-Z][A-Za-z0-9_-]{2,39}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Coded:
    """A question of a file, and the code under which it enters the bank."""

    draft: Draft
    code: str


def code_of(draft: Draft) -> str:
    """Return the code that the file gives, or one that follows from what the question says."""
    return draft.name if CODE.fullmatch(draft.name) else _of_content(draft)


def coded(drafts: Sequence[Draft]) -> tuple[tuple[Coded, ...], tuple[Problem, ...]]:
    """Give every question of a file its code.

    Returns
    -------
    tuple of tuples of Coded and Problem
        Each question once; and a note for each that stands twice, or whose code names another question
        before it: that one gets a code that follows from what it says.
    """
    first: dict[str, Draft] = {}
    notes: list[Problem] = []
    for draft in drafts:
        code = code_of(draft)
        other = first.get(code)
        if other is not None and not _alike(draft, other):
            code = _of_content(draft)
            if code not in first:
                said = f"the code {draft.name} stands twice: at {other.place} it names another question"
                said += f"; this one is taken under the code {code}"
                notes.append(Problem(draft.name, "code-twice", said, draft.place))
            other = first.get(code)
        if other is None:
            first[code] = draft
        else:
            said = f"the same question stands at {other.place} already; it is taken once"
            notes.append(Problem(draft.name or code, "question-twice", said, draft.place))
    return tuple(Coded(draft, code) for code, draft in first.items()), tuple(notes)


def _alike(draft: Draft, other: Draft) -> bool:
    return draft.without_place() == other.without_place()


def _of_content(draft: Draft) -> str:
    told = json.dumps(draft_to_plain(draft.without_place()), ensure_ascii=False, sort_keys=True)
    return f"IMP-{hashlib.sha256(told.encode('utf-8')).hexdigest()[:16]}"
