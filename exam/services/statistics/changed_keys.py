"""Keys that were changed after a sitting: what an answer is worth under them, and which are in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.storage.tables import KeyChangeAnswer, KeyChangeRow
from question_bank.items import (
    ChosenKey,
    ItemVersion,
    Key,
    Kind,
    MatchKey,
    NumberKey,
    OrderKey,
    read_response,
    right_response,
    score_response,
)


class KeyMode(StrEnum):
    """How a key is changed."""

    REKEY = "rekey"
    ACCEPT = "accept"
    EVERYONE = "everyone"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class ChangedKey:
    """A key that takes the place of a version's own.

    Attributes
    ----------
    mode : KeyMode
        ``REKEY``: only the responses in `accepted` are right; ``ACCEPT``: they are right beside the old key;
        ``EVERYONE``: every answer, and none, earns the points; ``DROP``: the item leaves the score.
    accepted : tuple of str
        Responses, options named by their place in the stored version; empty for the last two modes.
    change_id : int or None
        Of the confirmed change; it is no part of the key, so two equal keys are equal.
    """

    mode: KeyMode
    accepted: tuple[str, ...] = ()
    change_id: int | None = field(default=None, compare=False)

    @classmethod
    def of(cls, row: KeyChangeRow) -> "ChangedKey":
        """Read a stored change."""
        return cls(KeyMode(row.mode), tuple(row.accepted), row.id)

    def to_plain(self) -> list[Any]:
        """Return what goes into a digest."""
        return [self.mode.value, list(self.accepted)]


def key_from(version: ItemVersion, response: str) -> Key:
    """Return the key under which `response` would be the right one.

    Raises
    ------
    MalformedResponseError
        If no candidate could have answered so.
    """
    answer = read_response(version, response)
    match version.kind, answer:
        case Kind.ORDERING, tuple():
            return OrderKey(answer)
        case Kind.MATCHING, tuple():
            return MatchKey(answer)
        case _, tuple():
            return ChosenKey(frozenset(answer))
    if not isinstance(answer, Decimal):
        raise ValueError("no answer is no key")
    tolerance = version.key.tolerance if isinstance(version.key, NumberKey) else Decimal(0)
    return NumberKey(answer, tolerance)


def right_responses(version: ItemVersion, changed: ChangedKey | None) -> tuple[str, ...]:
    """Return the responses that earn the points; none for an item dropped or credited to everyone."""
    if changed is None:
        return (right_response(version),)
    if changed.mode is KeyMode.REKEY:
        return changed.accepted
    return (right_response(version), *changed.accepted) if changed.mode is KeyMode.ACCEPT else ()


def points_under(version: ItemVersion, changed: ChangedKey | None, response: str) -> int:
    """Return the points of a stored response under the changed key, or under the version's own."""
    if changed is None:
        return score_response(version, response)
    if changed.mode is KeyMode.DROP:
        return 0
    if changed.mode is KeyMode.EVERYONE:
        return version.points
    keys = (key_from(version, right) for right in right_responses(version, changed))
    return max(score_response(replace(version, key=key), response) for key in keys)


def maximum_under(version: ItemVersion, changed: ChangedKey | None) -> int:
    """Return the most that an answer can earn; nothing for an item that was dropped."""
    return 0 if changed is not None and changed.mode is KeyMode.DROP else version.points


def keys_in_force(
    session: Session, campaign_id: int, *, until: datetime | None = None
) -> Mapping[int, ChangedKey]:
    """Return the confirmed keys of a campaign by item version; of several the one confirmed last.

    Parameters
    ----------
    until : datetime, optional
        Only keys that were confirmed by this instant.
    """
    confirmed = (
        sa.select(KeyChangeRow)
        .join(KeyChangeAnswer, KeyChangeAnswer.key_change_id == KeyChangeRow.id)
        .where(KeyChangeRow.campaign_id == campaign_id, KeyChangeAnswer.confirmed)
        .order_by(KeyChangeAnswer.answered_at, KeyChangeRow.id)
    )
    if until is not None:
        confirmed = confirmed.where(KeyChangeAnswer.answered_at <= until)
    return {row.item_version_id: ChangedKey.of(row) for row in session.scalars(confirmed)}


def keys_named(session: Session, change_ids: Sequence[int]) -> Mapping[int, ChangedKey]:
    """Return the keys that a result names, by item version; one never confirmed is not among them."""
    confirmed = (
        sa.select(KeyChangeRow)
        .join(KeyChangeAnswer, KeyChangeAnswer.key_change_id == KeyChangeRow.id)
        .where(KeyChangeRow.id.in_(change_ids), KeyChangeAnswer.confirmed)
    )
    return {row.item_version_id: ChangedKey.of(row) for row in session.scalars(confirmed)}
