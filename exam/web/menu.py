"""The menu: only what the roles of the visitor may open."""

from dataclasses import dataclass

from flask import Flask
from flask_babel import lazy_gettext as _
from flask_login import current_user

from exam.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu."""

    endpoint: str
    label: object
    roles: frozenset[Role]


def _entry(endpoint: str, label: object, *roles: Role) -> Entry:
    return Entry(endpoint, label, frozenset(roles))


COMMISSION = (Role.SECRETARY, Role.MEMBER, Role.CHAIR)
ENTRIES = (
    _entry("home.index", _("Home"), *Role),
    _entry("administrator.accounts", _("Accounts"), Role.ADMINISTRATOR),
    _entry("people.index", _("Officers"), Role.HR),
    _entry(
        "campaign.index",
        _("Campaign"),
        Role.HR,
        Role.PSYCHOMETRICIAN,
        Role.CHAIR,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    ),
    _entry("bank.index", _("Item bank"), Role.ITEM_AUTHOR, Role.ITEM_APPROVER, Role.PSYCHOMETRICIAN),
    _entry("forms_of_test.index", _("Test forms"), Role.PSYCHOMETRICIAN),
    _entry("invigilator.index", _("Sittings"), Role.INVIGILATOR),
    _entry("examiner.index", _("Norms"), Role.EXAMINER),
    _entry("statistics.index", _("Statistics"), Role.PSYCHOMETRICIAN),
    _entry("commission.index", _("Commission"), *COMMISSION),
    _entry("auditor.index", _("Journal"), Role.AUDITOR),
    _entry("auditor.leads", _("Integrity lists"), Role.AUDITOR),
)


def init_app(app: Flask) -> None:
    """Give every page its menu."""
    app.context_processor(lambda: {"menu": visible(app)})


def visible(app: Flask) -> list[tuple[str, object]]:
    """The entries that the visitor may open, in order."""
    if not current_user.is_authenticated:
        return []
    roles = current_user.actor.roles
    return [(e.endpoint, e.label) for e in ENTRIES if e.endpoint in app.view_functions and roles & e.roles]
