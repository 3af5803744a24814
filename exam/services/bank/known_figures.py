"""What is known of items from their use: the share of points they earned, and how often they were used."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.services.statistics.collected_answers import newest_result
from exam.services.statistics.form_figures import FEWEST_PERSONS
from exam.storage.tables import AttemptResult, Form, FormItem
from question_bank.equivalence import Figures
from question_bank.items import Item, Part


def known_figures(session: Session, part: Part, pool: Mapping[Item, int]) -> dict[str, Figures]:
    """Return the figures of the items of a pool, by code.

    Parameters
    ----------
    pool
        Items with the ids of their versions: a share that an earlier wording earned says nothing of this one.
    """
    places = _places(session, part)
    earned, asked = _points_earned(session, part)
    figures = {}
    for item, version_id in pool.items():
        at = places[version_id]
        people = sum(asked[form_id] for form_id, _ in at)
        points = sum(earned[form_id][place] for form_id, place in at if asked[form_id])
        share = Decimal(points) / (people * item.version.points) if people >= FEWEST_PERSONS else None
        figures[item.code] = Figures(expected=share, used=len(at))
    return figures


def _places(session: Session, part: Part) -> defaultdict[int, list[tuple[int, int]]]:
    """Return in which forms, and where in them, each version stands."""
    rows = session.execute(
        sa.select(FormItem.item_version_id, FormItem.form_id, FormItem.position)
        .join(Form, Form.id == FormItem.form_id)
        .where(Form.part == part.value)
    )
    found = defaultdict(list)
    for version_id, form_id, position in rows:
        found[version_id].append((form_id, position))
    return found


def _points_earned(session: Session, part: Part) -> tuple[dict[int, list[int]], Counter[int]]:
    """Return the points that were earned at each place of each form, and by how many people."""
    rows = session.execute(
        sa.select(AttemptResult.form_id, AttemptResult.points)
        .join(Form, Form.id == AttemptResult.form_id)
        .where(Form.part == part.value, newest_result())
        .execution_options(yield_per=2000)
    )
    sums: dict[int, np.ndarray] = {}
    asked: Counter[int] = Counter()
    for form_id, points in rows:
        sums[form_id] = sums.get(form_id, 0) + np.asarray(points, dtype=np.int64)
        asked[form_id] += 1
    return {form_id: each.tolist() for form_id, each in sums.items()}, asked
