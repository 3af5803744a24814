"""Flags: what a person should look at, with the cut-off and where it comes from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan, sqrt

import numpy as np

from scoring.classical.item_analysis import ItemAnalysis, ItemRow
from scoring.classical.options import OptionStatistics

FEWEST_PERSONS = 100

SOURCES = {
    "Ebel": "Ebel & Frisbie (1991), Essentials of Educational Measurement",
    "Crocker": "Crocker & Algina (1986), Introduction to Classical and Modern Test Theory",
    "Haladyna": "Haladyna & Rodriguez (2013), Developing and Validating Test Items",
    "Downing": "Haladyna & Downing (1993), Educational and Psychological Measurement 53, 999–1010",
    "Swineford": "Swineford (1974), The Test Analysis Manual (ETS SR-74-06)",
    "Nunnally": "Nunnally & Bernstein (1994), Psychometric Theory",
    "convention": "convention of this program",
}


@dataclass(frozen=True, slots=True)
class Flag:
    """A reason to look at an item or at the test; never a verdict.

    Attributes
    ----------
    code : str
        Short name, such as ``low_discrimination``.
    item : str
        Name of the item; empty for the test as a whole.
    value, cutoff : float
        What was found and where the flag begins.
    source : str
        Where the cut-off comes from.
    option : str
        The option that it is about, if any.
    """

    code: str
    item: str
    value: float
    cutoff: float
    source: str
    option: str = ""


def flag_items(
    analysis: ItemAnalysis, options: Sequence[Sequence[OptionStatistics]] = ()
) -> tuple[tuple[Flag, ...], ...]:
    """Name what looks wrong with each item.

    Parameters
    ----------
    analysis : ItemAnalysis
        From `scoring.item_analysis`.
    options : sequence of sequence of OptionStatistics, optional
        From `scoring.option_analysis`, for flags on keys and distractors.

    Returns
    -------
    tuple, one entry per item, of tuples of Flag
        Always empty for an item that fewer than 100 persons were given: the figures are then too
        uncertain to accuse an item.
    """
    flags = []
    for j, row in enumerate(analysis.rows()):
        own = options[j] if options else ()
        flags.append(tuple(_item(row, own)) if row.n >= FEWEST_PERSONS else ())
    return tuple(flags)


def flag_test(analysis: ItemAnalysis) -> tuple[Flag, ...]:
    """Name what looks wrong with the test as a whole; empty below 100 persons.

    Parameters
    ----------
    analysis : ItemAnalysis
        From `scoring.item_analysis`.

    Returns
    -------
    tuple of Flag
    """
    if analysis.n_persons < FEWEST_PERSONS:
        return ()
    flags = []
    if analysis.alpha < 0.80:
        flags.append(Flag("reliability_not_acceptable", "", analysis.alpha, 0.80, SOURCES["Nunnally"]))
    elif analysis.alpha < 0.90:
        flags.append(Flag("reliability_low_for_decisions", "", analysis.alpha, 0.90, SOURCES["Nunnally"]))
    # the last item of a form is the one that most did not reach, wherever its column stands
    last = float(np.max(analysis.not_reached, initial=0.0, where=analysis.n >= FEWEST_PERSONS))
    if last > 0.20:
        flags.append(Flag("speeded", "", last, 0.20, SOURCES["Swineford"]))
    return tuple(flags)


def _item(row: ItemRow, options: Sequence[OptionStatistics]) -> Iterator[Flag]:
    yield from _difficulty(row, options)
    yield from _discrimination(row)
    yield from _blanks(row)
    yield from _key(row, options)
    yield from _distractors(row, options)
    yield from _reliability(row)


def _difficulty(row: ItemRow, options: Sequence[OptionStatistics]) -> Iterator[Flag]:
    if row.difficulty < 0.20:
        yield Flag("too_hard", row.item, row.difficulty, 0.20, SOURCES["Ebel"])
    elif row.difficulty > 0.95:
        yield Flag("far_too_easy", row.item, row.difficulty, 0.95, SOURCES["Haladyna"])
    elif row.difficulty > 0.90:
        yield Flag("too_easy", row.item, row.difficulty, 0.90, SOURCES["Haladyna"])
    if len(options) > 1:
        guess = sum(option.key for option in options) / len(options)
        bound = guess + 1.645 * sqrt(guess * (1 - guess) / row.n)
        if row.difficulty <= bound:
            yield Flag("at_chance", row.item, row.difficulty, bound, SOURCES["convention"])


def _discrimination(row: ItemRow) -> Iterator[Flag]:
    if isnan(row.item_rest):
        yield Flag("no_variance", row.item, row.sd, 0.0, SOURCES["convention"])
    elif row.item_rest < 0:
        yield Flag("negative_discrimination", row.item, row.item_rest, 0.0, SOURCES["Ebel"])
    elif row.item_rest < 0.10:
        yield Flag("poor_discrimination", row.item, row.item_rest, 0.10, SOURCES["Ebel"])
    elif row.item_rest < 0.20:
        yield Flag("low_discrimination", row.item, row.item_rest, 0.20, SOURCES["Ebel"])


def _blanks(row: ItemRow) -> Iterator[Flag]:
    if row.omitted > 0.05:
        yield Flag("omitted_often", row.item, row.omitted, 0.05, SOURCES["Swineford"])


def _key(row: ItemRow, options: Sequence[OptionStatistics]) -> Iterator[Flag]:
    """A key that the able avoid, or a distractor that they prefer to it."""
    rivals = [
        o for o in options if not o.key and o.proportion >= 0.05 and o.item_rest > max(0.0, row.item_rest)
    ]
    if rivals:
        rival = max(rivals, key=lambda option: option.item_rest)
        yield Flag(
            "possible_miskey", row.item, rival.item_rest, row.item_rest, SOURCES["Crocker"], rival.option
        )
    elif row.item_rest < 0:
        yield Flag("possible_miskey", row.item, row.item_rest, 0.0, SOURCES["Crocker"])


def _distractors(row: ItemRow, options: Sequence[OptionStatistics]) -> Iterator[Flag]:
    for option in options:
        if option.key or option.credit > 0:
            continue
        if option.proportion < 0.05:
            yield Flag(
                "distractor_not_working", row.item, option.proportion, 0.05, SOURCES["Downing"], option.option
            )
        elif option.item_rest > 0:
            yield Flag(
                "distractor_attracts_able", row.item, option.item_rest, 0.0, SOURCES["Downing"], option.option
            )


def _reliability(row: ItemRow) -> Iterator[Flag]:
    bound = row.alpha_of_forms + (0.001 if row.form_length >= 50 else 0.0)
    if row.alpha_if_deleted > bound:
        yield Flag("alpha_rises_without", row.item, row.alpha_if_deleted, bound, SOURCES["convention"])
