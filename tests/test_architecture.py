"""The walls of the house (DESIGN 1): who may import whom. A wall is moved by a decision record, not here."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
WEB = (
    "flask",
    "flask_login",
    "flask_wtf",
    "flask_babel",
    "flask_bootstrap",
    "wtforms",
    "werkzeug",
    "jinja2",
    "asgiref",
)
DB = ("sqlalchemy", "alembic", "psycopg", "sqlcipher3", "sqlite3")
ROOMS = ("question_bank", "norms", "scoring")
SHARED = ("exam.errors", "exam.clock")

# room: what it may see of ours, what it may not see of others
WALLS = {
    "question_bank": ((), (*WEB, *DB, "time")),
    "norms": ((), (*WEB, *DB, "time")),
    "scoring": ((), (*WEB, *DB, "matplotlib")),
    "exam.rules": (ROOMS, (*WEB, *DB, "time")),
    "exam.storage": (("exam.errors", "exam.config", "exam.rules", "exam.clock", *ROOMS), WEB),
    "exam.services": (("exam.config", *SHARED, "exam.rules", "exam.storage", *ROOMS), WEB),
    "exam.printing": (("exam.rules", *SHARED, *ROOMS), (*WEB, *DB)),
    "exam.web": (
        ("exam.config", *SHARED, "exam.rules", "exam.services", "exam.printing", *ROOMS),
        ("alembic", "sqlcipher3", "psycopg"),
    ),
}
# The transaction of a request is opened in web/access.py; it names the type of the session and nothing else.
EXCEPTIONS = {("exam/web/access.py", "sqlalchemy.orm")}


def modules(room: str) -> Iterator[Path]:
    yield from sorted((HOUSE / room.replace(".", "/")).rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, wherever in the file, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def inside(name: str, rooms: tuple[str, ...]) -> bool:
    return any(name == room or name.startswith(room + ".") for room in rooms)


def breaches(room: str) -> list[str]:
    seen, hidden = WALLS[room]
    found = []
    for path in modules(room):
        place = path.relative_to(HOUSE).as_posix()
        for name, line in imports(path):
            ours = inside(name, ("exam", *ROOMS))
            if (place, name.rpartition(".")[0]) in EXCEPTIONS:
                continue
            if ours and not inside(name, (room, *seen)) and name != "exam.cli":
                found.append(f"{place}:{line} sees {name}")
            if not ours and inside(name, hidden):
                found.append(f"{place}:{line} sees {name}")
    return found


@pytest.mark.parametrize("room", WALLS)
def test_a_room_sees_only_what_the_design_lets_it_see(room):
    assert not breaches(room)


def test_the_web_never_sees_the_tables():
    assert not [
        f"{path.name}:{line} {name}"
        for path in modules("exam.web")
        for name, line in imports(path)
        if inside(name, ("exam.storage",)) or (inside(name, DB) and path.name != "access.py")
    ]


def test_a_wall_that_is_climbed_is_seen(tmp_path, monkeypatch):
    (tmp_path / "norms").mkdir()
    (tmp_path / "norms" / "bad.py").write_text(
        "def f():\n    from exam.storage import engine\n    import flask\n"
    )
    monkeypatch.setattr(sys.modules[__name__], "HOUSE", tmp_path)
    assert breaches("norms") == ["norms/bad.py:2 sees exam.storage.engine", "norms/bad.py:3 sees flask"]


def test_no_drawer_for_everything():
    drawers = {"helpers.py", "utils.py", "util.py", "common.py", "misc.py", "manager.py"}
    assert not [p for room in ("exam", *ROOMS) for p in modules(room) if p.name in drawers]
