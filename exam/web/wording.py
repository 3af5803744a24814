"""Codes into sentences: every refusal and every ground of the rules, in the language of the page."""

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache

from flask_babel import gettext as _

from exam.errors import RefusedError
from exam.web import wordings
from scoring.outcome import Ground


@cache
def _sentences(table: str) -> Mapping[str, object]:
    """Merge the tables of every module in `exam.web.wordings`."""
    merged: dict[str, object] = {}
    for found in pkgutil.iter_modules(wordings.__path__):
        module = importlib.import_module(f"{wordings.__name__}.{found.name}")
        merged |= getattr(module, table, {})
    return merged


def refusal_text(error: RefusedError) -> str:
    """One clear line for a refusal."""
    return sentence("REFUSALS", error.code, dict(error.facts))


def ground_text(ground: Ground) -> str:
    """One clear line for a ground of a verdict, an outcome or a gate."""
    return sentence("GROUNDS", ground.code, dict(ground.facts))


def ground_texts(grounds: Iterable[Ground]) -> list[str]:
    """The lines of an explanation."""
    return [ground_text(ground) for ground in grounds]


def sentence(table: str, code: str, facts: Mapping[str, object]) -> str:
    """Word a code: a sentence with places for its facts, or a function from the facts to a sentence."""
    worded = _sentences(table).get(code)
    if worded is None:
        return _("Without words yet: %(code)s", code=code)
    if callable(worded) and not hasattr(worded, "_args"):
        return str(worded(facts))
    return str(worded) % dict(facts)
