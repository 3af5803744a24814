"""A refusal as a value: what stands in the way, and the facts that word it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act may not be done: a code that the pages word, and the facts that fill the wording."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()

    def fact(self, name: str) -> str:
        """Return the fact called `name`; KeyError when the refusal has none."""
        return dict(self.facts)[name]

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.facts)
        return f"{self.code} ({told})" if told else self.code
