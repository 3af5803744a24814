"""One blueprint per user of the service; sees the services, never the tables."""

import importlib
from collections.abc import Iterator

from flask import Blueprint

BLUEPRINTS = (
    "account",
    "home",
    "administrator",
    "people",
    "campaign",
    "bank",
    "forms_of_test",
    "invigilator",
    "terminal",
    "saving",
    "examiner",
    "statistics",
    "commission",
    "cases",
    "characteristics",
    "papers",
    "auditor",
)


def blueprints() -> Iterator[Blueprint]:
    """Every blueprint, in the order of the menu."""
    for name in BLUEPRINTS:
        blueprint: Blueprint = importlib.import_module(f"exam.web.{name}").bp
        yield blueprint
