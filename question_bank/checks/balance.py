"""Whether the place of the key, or its length, would help somebody who has not read the question."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from question_bank.items import LANGUAGES, ChosenKey, Item, Kind
from question_bank.problems import Problem

# Upper 0.1 % points of the chi-squared distribution for 1 to 5 degrees of freedom: an even bank is blamed
# once in a thousand. NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.4.
LIMITS = {2: 10.828, 3: 13.816, 4: 16.266, 5: 18.467, 6: 20.515}
ENOUGH = 5
MANY, TOO_OFTEN = 40, 0.45


def check_balance(items: Sequence[Item]) -> Iterator[Problem]:
    """Find a part of the bank whose keys stand in some places much more often than in others.

    Single choices only, by part and number of options, once every place could be expected to hold five keys.
    """
    groups: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
    for item in items:
        options = item.version.options
        if item.version.kind is Kind.SINGLE and not any(option.fixed for option in options):
            groups[item.part, len(options)][key_place(item)] += 1
    for (part, count), places in sorted(groups.items()):
        found = [places[place] for place in range(count)]
        if count in LIMITS and sum(found) >= ENOUGH * count and _chi_squared(found) > LIMITS[count]:
            listed = ", ".join(str(times) for times in found)
            message = f"keys of {part} items with {count} options are unevenly placed: {listed}"
            yield Problem("", "key-positions", message)


def check_longest(items: Sequence[Item]) -> Iterator[Problem]:
    """Find a language in which choosing the longest option would be a winning habit."""
    singles = [item for item in items if item.version.kind is Kind.SINGLE]
    for language in LANGUAGES:
        share = longest_is_key(singles, language)
        if len(singles) >= MANY and share > TOO_OFTEN:
            message = f"the longest option is the key in {share:.0%} of the single choices in {language}"
            yield Problem("", "key-longest", message)


def key_place(item: Item) -> int:
    """Return the place of a single choice's key."""
    assert isinstance(item.version.key, ChosenKey)
    return min(item.version.key.options)


def longest_is_key(items: Sequence[Item], language: str) -> float:
    """Return how often the longest option alone is the key, as a share of the single choices."""
    singles = [item for item in items if item.version.kind is Kind.SINGLE]
    hits = sum(_longest_places(item, language) == [key_place(item)] for item in singles)
    return hits / len(singles) if singles else 0.0


def _longest_places(item: Item, language: str) -> list[int]:
    lengths = [len(option.text.in_language(language)) for option in item.version.options]
    return [place for place, length in enumerate(lengths) if length == max(lengths)]


def _chi_squared(found: Sequence[int]) -> float:
    """Return the distance of counts from an even spread."""
    even = sum(found) / len(found)
    return sum((times - even) ** 2 for times in found) / even
