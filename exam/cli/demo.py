"""`synaq demo`: a small campaign played through the real service, then served."""

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click
from tqdm import tqdm

from exam.clock import utc_now
from exam.config import Config, initialise, load
from exam.demo import chamber, hall, preparation, staff, track
from exam.demo.cast import Player, cast
from exam.demo.summary import Summary, summarise
from exam.services.local_days import day_of
from exam.storage import schema
from exam.storage.engine import Database

DATABASE = "demo.db"
DECISIONS = {1: "fits, reserve", 2: "fits", 3: "demotion", 4: "transfer", 5: "dismissal"}


@click.command()
@click.option("--instance", type=click.Path(path_type=Path), default=Path("instance"), show_default=True)
@click.option("--officers", type=click.IntRange(10, 2000), default=80, show_default=True)
@click.option(
    "--seed", type=int, default=490, show_default=True, help="The same seed plays the same campaign."
)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--serve/--no-serve", default=True, show_default=True, help="Serve the result on loopback.")
def demo(instance: Path, officers: int, seed: int, port: int, *, serve: bool) -> None:
    """Play a made-up campaign from the staff list to the decisions, and serve it.

    A demonstration that was played before is played anew; no other database is touched.
    """
    config = _fresh(instance)
    database = Database.of(config)
    schema.upgrade(database)
    players = cast(officers, seed=seed, today=day_of(utc_now()))
    port = _free_port(port)
    with hall.served(config, port=port) as server:
        slowest = _play(database, config, players, seed=seed, port=port)
        with database.reading() as session:
            _tell(summarise(session), slowest)
        if serve:
            _tell_logins(port)
            with suppress(KeyboardInterrupt):
                server.wait()


def _fresh(instance: Path) -> Config:
    initialise(instance.absolute())
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (instance / name).unlink(missing_ok=True)
    return load(instance, database=f"sqlite:///{instance.absolute() / DATABASE}")


def _play(database: Database, config: Config, players: list[Player], *, seed: int, port: int) -> float:
    """Play every scene; return the seconds of the slowest request of a candidate."""
    with tqdm(total=1, desc="preparation ", unit="campaign") as bar, database.writing() as session:
        at = utc_now()
        actors = staff.engage(session, at=at)
        stage = preparation.prepare(session, players, actors, seed=seed, at=at)
        bar.update()
    with (
        tqdm(total=3 * len(players), desc="norms       ", unit="result") as bar,
        database.writing() as session,
    ):
        track.run_norms(session, stage, players, actors, seed=seed, at=utc_now(), told=bar.update)
        bar.total = bar.n
    with tqdm(total=len(players), desc="tests       ", unit="officer") as bar:
        slowest = hall.hold_sittings(
            database, config, stage, players, actors, port=port, seed=seed, clock=utc_now, told=bar.update
        )
        bar.total = bar.n
    with tqdm(total=len(players), desc="commissions ", unit="case") as bar:
        chamber.hold_meetings(database, stage, actors, seed=seed, clock=utc_now, told=bar.update)
        bar.total = bar.n
    return slowest


def _tell(summary: Summary, slowest: float) -> None:
    line: Callable[[str], None] = click.echo
    line(f"\nofficers          {summary.officers}")
    for kind in ("norms", "legislation", "logic"):
        states = ", ".join(
            f"{count} {state}" for (part, state), count in sorted(summary.parts.items()) if part == kind
        )
        alpha = f"   alpha {summary.alphas[kind]:.2f}" if kind in summary.alphas else ""
        line(f"{kind:<17} {states}{alpha}")
    line(f"answers kept      {summary.answers}")
    line(f"restricted to 3–5 {summary.restricted} of {summary.outcomes}")
    decided = ", ".join(
        f"{value} ({DECISIONS[value]}): {count}" for value, count in sorted(summary.decisions.items())
    )
    line(f"decisions         {decided}")
    line(f"slowest request   {slowest * 1000:.0f} ms")


def _tell_logins(port: int) -> None:
    click.echo(f"\nhttp://127.0.0.1:{port}/   a candidate's terminal: http://127.0.0.1:{port}/terminal/")
    click.echo(f"password of every login: {staff.PASSWORD}")
    for person in staff.PRINTED:
        click.echo(f"  {person.login:<16} {person.role.value:<16} {person.region or ''}")
    click.echo("Ctrl+C stops the server.")


def _free_port(wanted: int) -> int:
    """The wanted port, or any free one when it is taken."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
