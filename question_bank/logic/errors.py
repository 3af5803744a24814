"""What can be wrong with a logic item or with the request for one."""


class LogicError(Exception):
    """The root of what this room refuses."""


class UnknownKindError(LogicError):
    """No generator of this kind exists."""


class NoItemError(LogicError):
    """The generator found no item that its solver can prove."""


class UnprovedItemError(LogicError):
    """The item does not stand up to its solver."""


class AmbiguousItemError(UnprovedItemError):
    """More than one option holds."""


class NoAnswerError(UnprovedItemError):
    """No option holds."""


class WrongKeyError(UnprovedItemError):
    """Exactly one option holds, and it is not the key."""


class AlteredItemError(UnprovedItemError):
    """The printed text, the level or the certificate is not that of the problem."""
