"""Who works with the service in the demonstration: a login for each role, and the members of commissions."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from exam.rules.roles import Role
from exam.services.accounts import entering
from exam.services.actors import Actor
from exam.services.reference import seed_regions
from exam.storage.tables import Account

PASSWORD = "synaq-demo-2024"  # noqa: S105  printed by the command; the demonstration is on loopback only
AST, ALA = "AST", "ALA"


@dataclass(frozen=True, slots=True)
class Login:
    """An account of the demonstration."""

    login: str
    full_name: str
    role: Role
    region: str | None = None


PRINTED = (
    Login("admin", "Тұрсынов Арман Бекұлы", Role.ADMINISTRATOR),
    Login("hr", "Мұсаева Динара Асқарқызы", Role.HR),
    Login("author", "Ақанова Лаура Ержанқызы", Role.ITEM_AUTHOR),
    Login("approver", "Нұрпейісов Данияр Маратұлы", Role.ITEM_APPROVER),
    Login("invigilator", "Оспанова Әлия Қайратқызы", Role.INVIGILATOR),
    Login("examiner", "Рахымов Ілияс Серікұлы", Role.EXAMINER),
    Login("psychometrician", "Ким Виктория Сергеевна", Role.PSYCHOMETRICIAN),
    Login("chair", "Сәрсенбаев Ғани Мұратұлы", Role.CHAIR, AST),
    Login("member", "Досжанов Төлеген Ахметұлы", Role.MEMBER, AST),
    Login("secretary", "Қалиева Мәдина Болатқызы", Role.SECRETARY, AST),
    Login("auditor", "Петрова Ольга Ивановна", Role.AUDITOR),
)
UNPRINTED = (
    Login("examiner2", "Әлімов Қуат Жанатұлы", Role.EXAMINER),
    Login("chair-ala", "Ізбасаров Марат Ғалымұлы", Role.CHAIR, ALA),
    Login("secretary-ala", "Төлеген Жібек Нұрланқызы", Role.SECRETARY, ALA),
    Login("chair-centre", "Сүлейменов Бақыт Оразұлы", Role.CHAIR, "CENTRE"),
    Login("secretary-centre", "Смағұлова Раушан Ерланқызы", Role.SECRETARY, "CENTRE"),
)


def engage(session: Session, *, at: datetime) -> dict[str, Actor]:
    """Create the accounts with their roles; return the actors by login."""
    seed_regions(session)
    hashed = entering.hash_password(PASSWORD)
    actors = {}
    for person in (*PRINTED, *UNPRINTED):
        account = _account(session, person, hashed, at)
        entering.grant_role(session, account, person.role, region=person.region, by="demo", at=at)
        actors[person.login] = entering.actor_of(account)
    return actors


def _account(session: Session, person: Login, hashed: str, at: datetime) -> Account:
    account = Account(
        login=person.login,
        full_name=person.full_name,
        password_hash=hashed,
        created_at=at,
        language="kk",
    )
    session.add(account)
    session.flush()
    return account
