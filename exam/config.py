"""Settings of one installation: read once at start from `instance/config.toml` and the environment."""

import os
import secrets
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path

from exam.errors import ConfigurationError

KEY_FILE = "database.key"
SESSION_KEY_FILE = "session.key"
COOKIES_IN_CLEAR = "SYNAQ_COOKIES_IN_CLEAR"  # "1" on loopback, where there is no TLS


@dataclass(frozen=True, slots=True)
class Config:
    """Where the data of an installation live and how its service behaves.

    Attributes
    ----------
    instance : Path
        Folder of the database, the keys and the uploads; never in version control.
    database_url : str
        ``sqlite:///relative-or-absolute-path`` (opened through SQLCipher) or a ``postgresql+psycopg://`` URL.
    secret_key : bytes
        Signs sessions, receipts and start codes.
    installation : str
        Name shown in the footer of every page.
    class_mark : str
        Mark of restricted papers, printed in the corner; empty when the papers bear none.
    cookie_secure : bool
        Whether cookies travel over TLS only; switched off for loopback.
    """

    instance: Path
    database_url: str
    secret_key: bytes = field(repr=False)
    installation: str = "Synaq"
    class_mark: str = ""
    cookie_secure: bool = True

    @property
    def key_file(self) -> Path:
        """File of the database key, mode 0600."""
        return self.instance / KEY_FILE


def new_key(path: Path) -> bytes:
    """Create a file of 32 random bytes, readable by its owner only; refuse to replace one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_bytes(32)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
    return key


def read_key(path: Path) -> bytes:
    """Read a key file; refuse one that others may read."""
    try:
        mode = path.stat().st_mode & 0o777
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise ConfigurationError(f"no key file {path}: run `synaq init` first") from None
    if mode & 0o077:
        raise ConfigurationError(f"{path} has mode {mode:o}: others may read it; run `chmod 600 {path}`")
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise ConfigurationError(f"{path} does not hold 64 hexadecimal digits")
    return key


def initialise(instance: Path) -> None:
    """Create the folder of an installation with its two keys; keys that stand are kept."""
    instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in (KEY_FILE, SESSION_KEY_FILE):
        if not (instance / name).exists():
            new_key(instance / name)


def load(instance: Path | None = None, *, database: str | None = None) -> Config:
    """Read the settings of the installation in `instance` (default: ``SYNAQ_INSTANCE`` or ``./instance``)."""
    folder = (instance or Path(os.environ.get("SYNAQ_INSTANCE", "instance"))).absolute()
    settings: dict[str, object] = {}
    if (folder / "config.toml").exists():
        settings = tomllib.loads((folder / "config.toml").read_text(encoding="utf-8"))
    url = database or os.environ.get("SYNAQ_DATABASE") or str(settings.get("database", ""))
    config = Config(
        instance=folder,
        database_url=url or f"sqlite:///{folder / 'synaq.db'}",
        secret_key=read_key(folder / SESSION_KEY_FILE),
    )
    return replace(
        config,
        installation=str(settings.get("installation", config.installation)),
        class_mark=str(settings.get("class_mark", config.class_mark)),
        cookie_secure=bool(settings.get("cookie_secure", config.cookie_secure))
        and os.environ.get(COOKIES_IN_CLEAR) != "1",
    )
