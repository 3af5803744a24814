"""What a simulated candidate knows: a response for every question from his ability, drawn from the seed."""

import math
from random import Random

from exam.services.bank.form_reading import read_form
from exam.storage.engine import Database
from exam.storage.tables import Attempt
from question_bank.items import ItemVersion, Kind, right_response
from question_bank.presentation import option_order

DIFFICULTY = {1: -0.9, 2: 0.0, 3: 0.9}
SPREAD = 0.5
GUESSING = 0.2


class Knowledge:
    """Reads what was asked, and answers as somebody of a given ability would.

    The demonstration knows the keys because it has the database; a terminal never does.
    """

    def __init__(self, database: Database, *, seed: int) -> None:
        self.database = database
        self.seed = seed
        self._papers: dict[int, tuple[ItemVersion, ...]] = {}

    def response(self, attempt_id: int, position: int, ability: float) -> str:
        """Return a response in the order shown: the right one with a probability that grows with ability."""
        with self.database.reading() as session:
            attempt = session.get_one(Attempt, attempt_id)
            paper = self._papers.get(attempt.form_id)
            if paper is None:
                paper = tuple(question.version for question in read_form(session, attempt.form_id))
                self._papers[attempt.form_id] = paper
            seed = bytes.fromhex(attempt.seed)
        version = paper[position]
        chance = Random(f"{self.seed}/{attempt_id}/{position}")  # noqa: S311
        knows = chance.random() < self._probability(version, ability)
        right = right_response(version)
        given = right if knows else self._wrong(version, right, chance)
        return self._as_shown(version, given, option_order(seed, version))

    def _probability(self, version: ItemVersion, ability: float) -> float:
        of_item = Random(f"{self.seed}/{version.item}")  # noqa: S311
        hardness = of_item.gauss(0.0, SPREAD)
        slope = of_item.uniform(0.7, 1.5)
        return GUESSING + (1 - GUESSING) / (1 + math.exp(-slope * (ability - hardness + 0.4)))

    def _wrong(self, version: ItemVersion, right: str, chance: Random) -> str:
        if version.kind is Kind.NUMERIC:
            return str(chance.randint(1, 99))
        if version.kind is Kind.SINGLE:
            others = [str(place) for place in range(len(version.options)) if str(place) != right]
            return chance.choice(others)
        places = [str(place) for place in range(len(version.options))]
        chance.shuffle(places)
        if version.kind is Kind.MULTIPLE:
            return ",".join(sorted(places[: max(1, right.count(",") + 1)]))
        return ",".join(places[: right.count(",") + 1])

    def _as_shown(self, version: ItemVersion, response: str, order: tuple[int, ...]) -> str:
        if version.kind is Kind.NUMERIC or not response:
            return response
        shown = [str(order.index(int(place))) for place in response.split(",")]
        return ",".join(sorted(shown, key=int) if version.kind is Kind.MULTIPLE else shown)
