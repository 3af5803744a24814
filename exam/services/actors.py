"""Who acts: an account with the roles it holds now, and the regions in which it holds them."""

from dataclasses import dataclass

from exam.errors import ForbiddenError
from exam.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who works with the service, as the rules see him.

    Attributes
    ----------
    grants : tuple of (Role, region code or None)
        None stands for every region.
    officer_id : int or None
        The officer that this person is, where he is in the personnel list: nobody examines himself.
    """

    id: int
    login: str
    full_name: str
    grants: tuple[tuple[Role, str | None], ...]
    officer_id: int | None = None

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held, wherever."""
        return frozenset(role for role, _ in self.grants)

    def holds(self, *roles: Role) -> bool:
        """Say whether the actor holds one of `roles` somewhere."""
        return bool(self.roles & set(roles))

    def regions(self, *roles: Role) -> frozenset[str] | None:
        """Return the regions in which one of `roles` is held; None means every region."""
        held = {region for role, region in self.grants if role in roles}
        return None if None in held else frozenset(region for region in held if region)

    def require(self, *roles: Role) -> None:
        """Refuse an actor who holds none of `roles`.

        Raises
        ------
        ForbiddenError
            With the code ``role-missing``.
        """
        if not self.holds(*roles):
            raise ForbiddenError("role-missing", roles=", ".join(sorted(roles)))
