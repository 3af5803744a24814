"""Guards as the triggers of each engine."""

from collections.abc import Iterator

from exam.storage.guards import GUARDS, Guard


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def sqlite_sql(guard: Guard) -> str:
    """The trigger as SQLite takes it. A guard with facts leaves a breach behind: FAIL keeps what came before it."""
    leave = ""
    if guard.facts:
        leave = (
            f"INSERT INTO breach (guard, journalled, at, facts) VALUES ('{guard.name}', FALSE,"
            f" strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), {guard.facts}); "
        )
    raising = "FAIL" if guard.facts else "ABORT"
    return (
        f'CREATE TRIGGER {guard.name} BEFORE {guard.event} ON "{guard.table}" WHEN {guard.condition} '
        f"BEGIN {leave}SELECT RAISE({raising}, {_quoted(guard.message)}); END"
    )


def postgresql_sql(guard: Guard) -> tuple[str, str]:
    """The function and the trigger as PostgreSQL takes them; the refusal goes to the server's log."""
    returned = "OLD" if guard.event == "DELETE" else "NEW"
    function = (
        f"CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN IF ({guard.condition}) THEN "
        f"RAISE EXCEPTION {_quoted(guard.message)} USING ERRCODE = 'check_violation', CONSTRAINT = '{guard.name}'; END IF; "
        f"RETURN {returned}; END $guard$"
    )
    trigger = (
        f'CREATE TRIGGER {guard.name} BEFORE {guard.event} ON "{guard.table}" '
        f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()"
    )
    return function, trigger


def statements(dialect: str) -> Iterator[str]:
    """Every statement that raises the guards on `dialect` (``sqlite`` or ``postgresql``)."""
    for guard in GUARDS:
        if dialect == "sqlite":
            yield sqlite_sql(guard)
        else:
            yield from postgresql_sql(guard)
