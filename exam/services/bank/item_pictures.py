"""The pictures of items: kept by their content, and shown as addresses that stand in a page.

A page that holds its pictures itself shows them through a cut network, and no address can be guessed.
"""

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib import resources

from sqlalchemy.orm import Session

from exam.errors import RefusedError
from exam.rules.roles import Role
from exam.services.actors import Actor
from exam.services.interchange.asking import ask_child
from exam.services.journaling import record
from exam.storage.tables import ItemPicture

SHIPPED = re.compile(r"images/[\w-]+\.png", re.ASCII)
KEPT = re.compile(r"[0-9a-f]{24}\.png", re.ASCII)
PICTURE = "picture"
LARGEST_PICTURE = 4 * 1024**2


def picture_address(session: Session, name: str) -> str:
    """Return a ``data:`` address of an item's picture; empty where there is none."""
    png = picture_png(session, name)
    return address_of(png) if png else ""


def picture_png(session: Session, name: str) -> bytes:
    """Return the PNG of an item's picture; empty where there is none."""
    if KEPT.fullmatch(name):
        kept = session.get(ItemPicture, name)
        return kept.png if kept else b""
    return shipped_png(name)


@lru_cache(maxsize=256)
def shipped_png(name: str) -> bytes:
    """Return the PNG of a picture that is shipped with the bank; empty where there is none."""
    if not SHIPPED.fullmatch(name):
        return b""
    file = resources.files("question_bank").joinpath("bank", "logic", name)
    return file.read_bytes() if file.is_file() else b""


def is_kept(session: Session, name: str) -> bool:
    """Say whether there is a picture of this name."""
    return bool(picture_png(session, name))


def take_picture(session: Session, content: bytes, *, by: Actor, at: datetime) -> str:
    """Take in the picture of an author: painted anew in a child process, kept by its content.

    Returns
    -------
    str
        The name under which a version may name it.

    Raises
    ------
    ForbiddenError
        If the actor is no author.
    RefusedError
        ``picture-too-large``, ``picture-unreadable``, or ``pictures-busy`` while other files are being read.
    """
    by.require(Role.ITEM_AUTHOR)
    if len(content) > LARGEST_PICTURE:
        raise RefusedError("picture-too-large", most=LARGEST_PICTURE // 1024**2)
    answer = ask_child("", content, PICTURE)
    if "picture" not in answer:
        raise RefusedError("pictures-busy" if answer["refused"] == "busy" else "picture-unreadable")
    png = b64decode(answer["picture"])
    name = picture_name(png)
    if not is_kept(session, name):
        keep_pictures(session, {name: png}, at=at)
        record(session, "picture:kept", by=by, at=at, picture=name)
    return name


def address_of(png: bytes) -> str:
    """Return a picture as an address that holds it."""
    return f"data:image/png;base64,{b64encode(png).decode('ascii')}"


def keep_pictures(session: Session, pictures: Mapping[str, bytes], *, at: datetime) -> None:
    """Keep pictures that were painted anew, under names that follow from their content.

    Raises
    ------
    ValueError
        If a name is not that of its content.
    """
    for name, png in pictures.items():
        if name != picture_name(png):
            raise ValueError(f"{name} is not the name of its content")
        if session.get(ItemPicture, name) is None:
            session.add(ItemPicture(name=name, png=png, kept_at=at))
    session.flush()


def picture_name(png: bytes) -> str:
    """Return the name of a picture: the beginning of the SHA-256 of its bytes."""
    return f"{hashlib.sha256(png).hexdigest()[:24]}.png"
