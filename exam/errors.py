"""What a user is told when the service refuses.

Every refusal carries a `code`, a word that tests and translations rely on, and the facts that
the sentence needs.
"""

from collections.abc import Mapping


class RefusedError(Exception):
    """An act that the rules do not allow; nothing was changed."""

    status = 409

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, object] = facts


class NotFoundError(RefusedError):
    """There is no such thing within the actor's scope."""

    status = 404

    def __init__(self, what: str) -> None:
        super().__init__("not-found", what=what)


class ForbiddenError(RefusedError):
    """The actor's roles do not include this act."""

    status = 403


class ConfigurationError(Exception):
    """The installation cannot start; the message says what to do."""
