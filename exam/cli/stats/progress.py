"""How far a long computation is, on standard error while that is a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from scoring.irt.parameters import Report

Done = Callable[[int, int], None]
"""Is told how much is done, and of how much."""

SECONDS_UNTIL_SHOWN = 1.0


@contextmanager
def pass_counter(*, quiet: bool = False) -> Iterator[Report | None]:
    """Count the passes of a fit, or of several, whose number nobody knows before."""
    if quiet:
        yield None
        return
    with _bar(desc="calibration", unit=" pass") as bar:

        def report(_: int, loglik: float, step: float) -> None:
            bar.set_postfix_str(f"log-likelihood {loglik:.4f}, step {step:.1e}", refresh=False)
            bar.update()

        yield report


@contextmanager
def share_done(what: str, unit: str) -> Iterator[Done]:
    """Show which share of a known amount is done."""
    with _bar(desc=what, unit=f" {unit}") as bar:

        def report(done: int, of: int) -> None:
            bar.total = of
            bar.update(done - bar.n)

        yield report


def _bar(**words: Any) -> Any:
    from tqdm import tqdm  # imported for people only

    return tqdm(leave=False, delay=SECONDS_UNTIL_SHOWN, disable=None, **words)
