"""What must not happen in the room of the norms; what a user types wrong is a `Problem`, not an error."""


class NormsError(Exception):
    """The norms were asked something that has no meaning."""


class UnknownEditionError(NormsError):
    """No edition of the norms has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no edition of the norms has the code {code!r}")
        self.code = code


class UnknownExerciseError(NormsError):
    """The edition has no such exercise."""

    def __init__(self, edition: str, exercise: str, known: tuple[str, ...]) -> None:
        super().__init__(f"edition {edition} has no exercise {exercise!r}; it has {', '.join(known)}")
        self.edition = edition
        self.exercise = exercise
        self.known = known


class UnitMismatchError(NormsError):
    """A result was measured in another unit than the exercise is judged in."""

    def __init__(self, measured: str, required: str) -> None:
        super().__init__(f"measured in {measured}, judged in {required}")
        self.measured = measured
        self.required = required


class BrokenEditionError(NormsError):
    """An edition that stands in the package cannot be read."""
