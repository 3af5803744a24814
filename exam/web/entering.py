"""Who is at the other end: Flask-Login over our accounts."""

from dataclasses import dataclass

from flask import Flask, current_app
from flask_babel import lazy_gettext as _
from flask_login import LoginManager

from exam.rules.roles import Role
from exam.services.accounts import entering
from exam.services.accounts.entering import Identity
from exam.services.actors import Actor


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who has entered, in the shape that Flask-Login asks for."""

    identity: Identity
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    @property
    def actor(self) -> Actor:
        return self.identity.actor

    @property
    def language(self) -> str:
        return self.identity.language

    @property
    def full_name(self) -> str:
        return self.actor.full_name

    @property
    def role_names(self) -> list[str]:
        return [str(ROLE_NAMES[role]) for role in Role if role in self.actor.roles]

    def get_id(self) -> str:
        return f"{self.actor.id}.{self.identity.epoch}"


ROLE_NAMES = {
    Role.ADMINISTRATOR: _("administrator"),
    Role.HR: _("HR unit"),
    Role.ITEM_AUTHOR: _("item author"),
    Role.ITEM_APPROVER: _("item approver"),
    Role.INVIGILATOR: _("invigilator"),
    Role.EXAMINER: _("examiner"),
    Role.PSYCHOMETRICIAN: _("psychometrician"),
    Role.SECRETARY: _("secretary of the commission"),
    Role.MEMBER: _("member of the commission"),
    Role.CHAIR: _("chair of the commission"),
    Role.AUDITOR: _("auditor"),
}


def init_app(app: Flask) -> None:
    """Load the account of each request; send strangers to the login page."""
    manager = LoginManager(app)
    manager.login_view = "account.login"
    manager.login_message = _("Sign in to go on.")
    manager.session_protection = "basic"
    manager.user_loader(_load)


def _load(session_id: str) -> Visitor | None:
    account_id, _dot, epoch = session_id.partition(".")
    if not (account_id.isdecimal() and epoch.isdecimal()):
        return None
    with current_app.extensions["database"].reading() as session:
        identity = entering.resume(session, int(account_id), int(epoch))
    return Visitor(identity) if identity else None
