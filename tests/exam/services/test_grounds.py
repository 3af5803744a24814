"""Grounds survive the table with the order of their facts."""

import json

from exam.services.grounds import from_plain, to_plain
from exam.storage.base import canonical
from scoring.outcome import Ground


def test_grounds_are_read_as_they_were_written():
    grounds = (Ground("threshold_missed", (("points", "29"), ("limit", "30"))), Ground("no_result"))
    assert from_plain(json.loads(canonical(to_plain(grounds)))) == grounds
