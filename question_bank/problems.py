"""One finding about an item, its text or its file, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with an item, and where.

    Parameters
    ----------
    item
        Code of the item; empty where the finding is about the whole bank or an unreadable file.
    check
        A stable word for the kind of finding, e.g. ``"mixed-letters"``.
    message
        The finding in one sentence.
    place
        File and position, e.g. ``"legislation/t01.toml, item 4, options[2].ru"``; empty when not from a file.
    """

    item: str
    check: str
    message: str
    place: str = ""

    def as_plain(self) -> dict[str, str]:
        """Return the finding as the JSON object that `synaq bank check` prints."""
        plain = {"item": self.item, "check": self.check, "message": self.message}
        return plain | {"place": self.place} if self.place else plain
