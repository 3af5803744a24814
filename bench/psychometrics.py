"""Time the psychometrics against girth and against what this machine's BLAS could do at best.

    python -m bench.psychometrics [--sizes 1000,10000,110000] [--items 100] [--repeats 5]

Each line is measured in a process of its own: the least wall and processor time of several repeats, the
peak memory of the process, and two ratios. *of limit* is the processor time over that of the task's matrix
products in their direct form, at the rate of float64 products measured here on one thread; below one the
task avoids products. *girth* is how many times longer girth takes, where it is installed.
"""

import argparse
import importlib.util
import multiprocessing
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

N_NODES = 61
GIRTH_UP_TO = 10_000


@dataclass(frozen=True, slots=True)
class Timing:
    """Least times in seconds, peak memory of the process in MB, and what the last repeat returned."""

    wall: float
    cpu: float
    peak: float
    result: Any


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the table: what is timed, and the multiply-adds of its direct form."""

    name: str
    model: str
    ours: Callable[..., Any]
    multiply_adds: Callable[[int, int, Any], float]
    girth: Callable[..., Any] | None = None
    target: float | None = None
    """Processor seconds allowed for 110,000 persons."""


def simulated(n_persons: int, n_items: int, model: str) -> dict[str, np.ndarray]:
    """Draw answers: a is log-normal, b normal, c (of "3pl") beta around 0.23; half of the persons focal."""
    rng = np.random.default_rng(20261120)
    a, b = np.exp(rng.normal(0, 0.3, n_items)), rng.normal(0, 1, n_items)
    c = rng.beta(8, 26, n_items) if model == "3pl" else np.zeros(n_items)
    X = np.empty((n_persons, n_items), dtype=np.uint8)
    for lo in range(0, n_persons, 4096):
        theta = rng.normal(size=(min(4096, n_persons - lo), 1))
        X[lo : lo + 4096] = rng.random((len(theta), n_items)) < c + (1 - c) / (1 + np.exp(-a * (theta - b)))
    return {"X": X, "a": a, "b": b, "group": rng.integers(0, 2, n_persons)}


def classical(X: np.ndarray, **_: Any) -> None:
    from scoring import ResponseMatrix, flag_items, item_analysis, reliability_of

    matrix = ResponseMatrix.from_points(X)
    flag_items(item_analysis(matrix))
    reliability_of(matrix)


def calibrated(model: str) -> Callable[..., int]:
    def run(X: np.ndarray, **_: Any) -> int:
        from scoring.irt.calibration import fit_irt

        return fit_irt(X, model).n_iter

    return run


def abilities(X: np.ndarray, a: np.ndarray, b: np.ndarray, **_: Any) -> None:
    from scoring.irt.ability import score_eap
    from scoring.irt.grid import Items

    score_eap(X, Items.from_difficulty(a, b))


def fairness(X: np.ndarray, group: np.ndarray, **_: Any) -> None:
    from scoring import mantel_haenszel

    mantel_haenszel(X, group, purify=False)


def girth_calibrated(function: str) -> Callable[..., None]:
    def run(X: np.ndarray, **_: Any) -> None:
        import girth

        getattr(girth, function)(X.T.astype(int))

    return run


def girth_abilities(X: np.ndarray, a: np.ndarray, b: np.ndarray, **_: Any) -> None:
    import girth

    girth.ability_eap(X.T.astype(int), b, a)


def passes(n_persons: int, n_items: int, n_iter: int) -> float:
    """Two products of persons x items x nodes in every pass."""
    return 2.0 * n_persons * n_items * N_NODES * n_iter


TASKS = (
    Task("classical report", "2pl", classical, lambda n, i, _: float(n * i * i), target=0.06),
    Task("Rasch calibration", "2pl", calibrated("rasch"), passes, girth_calibrated("rasch_mml"), target=0.02),
    Task("2PL calibration", "2pl", calibrated("2pl"), passes, girth_calibrated("twopl_mml"), target=0.25),
    Task("3PL calibration", "3pl", calibrated("3pl"), passes, girth_calibrated("threepl_mml"), target=2.0),
    Task(
        "EAP and its error",
        "2pl",
        abilities,
        lambda n, i, _: float(n * i * N_NODES),
        girth_abilities,
        target=0.06,
    ),
    Task("MH DIF, all items", "2pl", fairness, lambda n, i, _: 2.0 * n * i, target=0.02),
)


def measure(run: Callable[..., Any], data: dict[str, np.ndarray], repeats: int) -> Timing:
    """Time a task several times; the first, which imports, is never the least."""
    walls, cpus, result = [], [], None
    for _ in range(repeats):
        wall, cpu = time.perf_counter(), time.process_time()
        result = run(**data)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Timing(min(walls), min(cpus), peak, result)


def _child(place: int, by_girth: bool, n_persons: int, n_items: int, repeats: int, out: Connection) -> None:
    task = TASKS[place]
    run = task.girth if by_girth else task.ours
    try:
        out.send(measure(run, simulated(n_persons, n_items, task.model), repeats))
    except Exception as failure:  # noqa: BLE001 - a peer that fails is a line of the table
        out.send(f"{type(failure).__name__}: {failure}"[:60])


def apart(place: int, n_persons: int, n_items: int, repeats: int, *, by_girth: bool = False) -> Timing | str:
    """Measure in a fresh process, so that its peak memory is its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(place, by_girth, n_persons, n_items, repeats, theirs))
    process.start()
    theirs.close()
    try:
        told: Timing | str = ours.recv()
    except EOFError:
        told = "the process died"
    process.join()
    return told


def multiply_add_rate(dtype: Any) -> float:
    """Multiply-adds a second of products of 4096 x 100 x 64 on one thread: the best of several."""
    from scoring.blas_threads import one_blas_thread

    left, right = np.ones((4096, 100), dtype=dtype), np.ones((100, 64), dtype=dtype)
    best = np.inf
    with one_blas_thread():
        for _ in range(20):
            start = time.process_time()
            for _ in range(10):
                left @ right
            best = min(best, time.process_time() - start)
    return 10 * 4096 * 100 * 64 / best


def line(task: Task, place: int, n_persons: int, rate: float, options: argparse.Namespace) -> str:
    """Measure one task for one number of persons and lay it out."""
    timing = apart(place, n_persons, options.items, options.repeats)
    head = f"{task.name:<19} {n_persons:>8,}"
    if isinstance(timing, str):
        return f"{head}  {timing}"
    limit = task.multiply_adds(n_persons, options.items, timing.result) / rate
    figures = f"{timing.wall:8.4f} {timing.cpu:8.4f} {timing.cpu / limit:9.2f} {timing.peak:7.0f}"
    against = _girth(task, place, n_persons, timing, options)
    return f"{head} {figures}  {against}{_target(task, n_persons, timing)}"


def _girth(task: Task, place: int, n_persons: int, ours: Timing, options: argparse.Namespace) -> str:
    if task.girth is None or not options.with_girth:
        return f"{'-':>12}"
    if n_persons > options.girth_up_to:
        return f"{'not tried':>12}"
    timing = apart(place, n_persons, options.items, 2, by_girth=True)
    if isinstance(timing, str):
        return f"{'fails':>12} ({timing})"
    return f"{timing.cpu / ours.cpu:11.0f}x"


def _target(task: Task, n_persons: int, timing: Timing) -> str:
    if n_persons != 110_000 or task.target is None:
        return ""
    met = "met" if timing.cpu <= task.target and timing.peak <= 300 else "MISSED"
    return f"  {met} (CPU <= {task.target} s, 300 MB)"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="1000,10000,110000", help="numbers of persons")
    parser.add_argument("--items", type=int, default=100)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--girth-up-to", type=int, default=GIRTH_UP_TO, help="persons girth is tried with")
    options = parser.parse_args(arguments)
    options.with_girth = importlib.util.find_spec("girth") is not None
    rate = multiply_add_rate(np.float64)
    print(
        f"BLAS on one thread: {rate / 1e9:.1f} thousand million multiply-adds a second in float64, "
        f"{multiply_add_rate(np.float32) / 1e9:.1f} in float32"
    )
    print("girth is installed" if options.with_girth else "girth is not installed: no comparison with it")
    print(f"{'task':<19} {'persons':>8} {'wall s':>8} {'CPU s':>8} {'of limit':>9} {'MB':>7}  {'girth':>12}")
    for size in options.sizes.split(","):
        for place, task in enumerate(TASKS):
            print(line(task, place, int(size), rate, options), flush=True)


if __name__ == "__main__":
    main()
