"""Reference data that an installation begins with: the regions of the country."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.storage.tables import Region

CENTRE = "CENTRE"
# The division since 8 June 2022: 17 regions, the capital and two cities of republican significance.
REGIONS: tuple[tuple[str, str, str], ...] = (
    (CENTRE, "Орталық аппарат", "Центральный аппарат"),
    ("AST", "Астана қаласы", "город Астана"),
    ("ALA", "Алматы қаласы", "город Алматы"),
    ("SHY", "Шымкент қаласы", "город Шымкент"),
    ("ABA", "Абай облысы", "область Абай"),
    ("AKM", "Ақмола облысы", "Акмолинская область"),
    ("AKT", "Ақтөбе облысы", "Актюбинская область"),
    ("ALM", "Алматы облысы", "Алматинская область"),
    ("ATY", "Атырау облысы", "Атырауская область"),
    ("BQO", "Батыс Қазақстан облысы", "Западно-Казахстанская область"),
    ("ZHM", "Жамбыл облысы", "Жамбылская область"),
    ("ZHT", "Жетісу облысы", "область Жетісу"),
    ("QAR", "Қарағанды облысы", "Карагандинская область"),
    ("QOS", "Қостанай облысы", "Костанайская область"),
    ("QYZ", "Қызылорда облысы", "Кызылординская область"),
    ("MAN", "Маңғыстау облысы", "Мангистауская область"),
    ("PAV", "Павлодар облысы", "Павлодарская область"),
    ("SQO", "Солтүстік Қазақстан облысы", "Северо-Казахстанская область"),
    ("TUR", "Түркістан облысы", "Туркестанская область"),
    ("ULY", "Ұлытау облысы", "область Ұлытау"),
    ("SHQ", "Шығыс Қазақстан облысы", "Восточно-Казахстанская область"),
)


def seed_regions(session: Session) -> int:
    """Write the regions that are not there yet; return how many."""
    known = set(session.scalars(sa.select(Region.code)))
    new = [Region(code=code, name_kk=kk, name_ru=ru) for code, kk, ru in REGIONS if code not in known]
    session.add_all(new)
    session.flush()
    return len(new)


def regions(session: Session) -> dict[str, tuple[str, str]]:
    """Return the names in Kazakh and Russian by code."""
    return {r.code: (r.name_kk, r.name_ru) for r in session.scalars(sa.select(Region))}
