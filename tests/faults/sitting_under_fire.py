"""Terminals that keep answering while the server dies, and the check of what they were promised."""

import json
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection, HTTPException

import sqlalchemy as sa

from exam.config import Config
from exam.services.terminal.answering import PASS_COOKIE, Receipt, Step, verify_receipt
from exam.storage.engine import Database
from exam.storage.tables import Step as StepRow
from tests.faults.installation import HOST, QUESTIONS, Terminal

PATIENCE_SECONDS = 2.0


@dataclass
class Officer:
    """Somebody at a terminal: answers one question after another and keeps every receipt."""

    terminal: Terminal
    seq: int = 1
    receipts: list[tuple[Step, Receipt]] = field(default_factory=list)

    def answer(self, port: int, until: threading.Event) -> None:
        """Answer until told to stop; an answer without a receipt is sent again, as the page does."""
        connection = None
        while not until.is_set():
            step = Step(self.terminal.attempt_id, self.seq, self.seq % QUESTIONS, str(self.seq % 4))
            try:
                connection = connection or HTTPConnection(HOST, port, timeout=PATIENCE_SECONDS)
                receipt = self._send(connection, step)
            except (OSError, HTTPException, ValueError):
                if connection:
                    connection.close()
                connection = None
                time.sleep(0.01)
                continue
            self.receipts.append((step, receipt))
            self.seq += 1
        if connection:
            connection.close()

    def _send(self, connection: HTTPConnection, step: Step) -> Receipt:
        body = json.dumps({"attempt": step.attempt_id, "steps": [[step.seq, step.position, step.response]]})
        headers = {
            "Content-Type": "application/json",
            "X-Synaq": "save",
            "Cookie": f"{PASS_COOKIE}={self.terminal.cookie}",
        }
        connection.request("POST", "/terminal/save", body, headers)
        reply = connection.getresponse()
        told = json.loads(reply.read())
        if reply.status != 200 or len(told["saved"]) != 1:
            raise ValueError(f"no receipt: {reply.status} {told}")
        [[seq, signature, at]] = told["saved"]
        return Receipt(step.attempt_id, seq, datetime.fromisoformat(at), signature)


def lost(config: Config, officers: list[Officer]) -> list[Step]:
    """Return the acknowledged answers that the database does not hold, or holds otherwise."""
    database = Database.of(config)
    with database.reading() as session:
        rows = session.execute(
            sa.select(StepRow.attempt_id, StepRow.seq, StepRow.position, StepRow.response)
        ).all()
    database.dispose()
    held = {(row.attempt_id, row.seq): Step(*row) for row in rows}
    assert len(held) == len(rows), "an answer is held twice"
    return [
        step
        for officer in officers
        for step, receipt in officer.receipts
        if held.get((step.attempt_id, step.seq)) != step
        or not verify_receipt(receipt, step, config.secret_key)
    ]
