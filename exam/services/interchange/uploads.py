"""Files of questions between the report on them and the word to take them in.

A file lies in the installation's folder under its author and its digest, so that what is taken in is what was
shown, also after a restart and on another process. Nobody finds the file of another; what is forgotten goes.
"""

import hashlib
import os
import re
from datetime import datetime, timedelta
from pathlib import Path

from exam.errors import NotFoundError
from exam.services.actors import Actor

FOLDER = "uploads"
KEPT = timedelta(hours=10)
MOST_OF_ONE = 3
DIGEST = re.compile("[0-9a-f]{64}", re.ASCII)


def keep(instance: Path, content: bytes, *, by: Actor, at: datetime) -> str:
    """Keep a file for its author; return the digest by which he finds it again."""
    digest = hashlib.sha256(content).hexdigest()
    folder = instance / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    _forget_old(folder, at)
    place = _place(instance, digest, by)
    half = place.with_suffix(f".{os.getpid()}.half")
    half.write_bytes(content)
    half.chmod(0o600)
    half.replace(place)
    os.utime(place, (at.timestamp(), at.timestamp()))
    for spare in sorted(folder.glob(f"{by.id}-*.questions"), key=_age)[:-MOST_OF_ONE]:
        spare.unlink(missing_ok=True)
    return digest


def find(instance: Path, digest: str, *, by: Actor) -> bytes:
    """Return a file that this person sent.

    Raises
    ------
    NotFoundError
        If he sent none with this digest, it was taken in or forgotten, or its bytes changed.
    """
    if not DIGEST.fullmatch(digest):
        raise NotFoundError("upload")
    try:
        content = _place(instance, digest, by).read_bytes()
    except FileNotFoundError:
        raise NotFoundError("upload") from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise NotFoundError("upload")
    return content


def forget(instance: Path, digest: str, *, by: Actor) -> None:
    """Take a file away that is needed no more."""
    _place(instance, digest, by).unlink(missing_ok=True)


def _place(instance: Path, digest: str, by: Actor) -> Path:
    return instance / FOLDER / f"{by.id}-{digest}.questions"


def _age(place: Path) -> float:
    return place.stat().st_mtime


def _forget_old(folder: Path, at: datetime) -> None:
    for place in folder.iterdir():
        if _age(place) < (at - KEPT).timestamp():
            place.unlink(missing_ok=True)
