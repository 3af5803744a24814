"""Logic items that a solver has proved to have exactly one right option."""

from question_bank.logic.generating import generate
from question_bank.logic.kinds import KINDS
from question_bank.logic.values import Certificate, LogicItem, Text
from question_bank.logic.verifying import verify

__all__ = ["KINDS", "Certificate", "LogicItem", "Text", "generate", "verify"]
