"""Asking the child process that opens a stranger's file: what it may cost, and what it answered.

The size of a file says nothing about its cost, and a parser may have holes that nobody knows yet. So a child
process opens it, with limits on memory, processor time, unpacked bytes, entries and rows, and is ended by the
clock. Nothing of the service runs in it.
"""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

CHILD = Path(__file__).with_name("child.py")
READING = BoundedSemaphore(2)
WAIT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file of questions may cost."""

    packed_bytes: int = 16 * 1024**2
    unpacked_bytes: int = 64 * 1024**2
    entries: int = 2_000
    ratio: int = 100
    rows: int = 20_000
    columns: int = 100
    characters: int = 8_000_000
    seconds: int = 30
    memory_bytes: int = 768 * 1024**2


USUAL = Limits()


def ask_child(name: str, content: bytes, wanted: str, limits: Limits = USUAL) -> dict[str, Any]:
    """Return what the child answers; a refusal has the keys ``refused`` and ``message``.

    Parameters
    ----------
    name : str
        Name of the file, for the places of problems.
    content : bytes
    wanted : str
        A format of questions, ``"auto"``, or ``"picture"``.
    limits : Limits
    """
    if not READING.acquire(timeout=WAIT_SECONDS):
        return {"refused": "busy", "message": "other files are being read; try again in a minute"}
    asked = json.dumps({"name": name, "format": wanted, "limits": asdict(limits)})
    command = [sys.executable, "-I", str(CHILD), asked]
    try:
        done = subprocess.run(  # noqa: S603  our own file, no shell
            command, input=content, capture_output=True, timeout=limits.seconds, env={}, check=False
        )
        if done.returncode:
            return {
                "refused": "costs-too-much",
                "message": "reading it costs more than a file of questions may",
            }
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {
            "refused": "takes-too-long",
            "message": f"reading it takes more than {limits.seconds} seconds",
        }
    except ValueError:
        return {"refused": "costs-too-much", "message": "reading it costs more than a file of questions may"}
    finally:
        READING.release()
    return answer
