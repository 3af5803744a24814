"""Progress is shown to people who look, and to nobody else."""

import io
import time
from contextlib import redirect_stderr

import pytest
from click.testing import CliRunner

from exam.cli import main
from exam.cli.stats import progress
from exam.cli.stats.progress import pass_counter, share_done

GROUPS = "g\n" + "\n".join("ab"[place % 2] for place in range(1000)) + "\n"
SCORES = "score\n" + "".join(f"{place % 7}\n" for place in range(60))
COMMANDS = {
    "calibrate": (["calibrate", "data.csv", "--model", "1pl"], "calibration"),
    "calibrate as a document": (["calibrate", "data.csv", "--model", "1pl", "--json"], "calibration"),
    "ability": (["ability", "data.csv", "--model", "1pl"], "calibration"),
    "dif": (["dif", "data.csv", "--group", "g.csv", "--focal", "a", "--method", "lord"], "calibration"),
    "equate": (["equate", "x.csv", "x.csv", "--bootstrap", "40"], "bootstrap"),
    "equate by items": (["equate", "data.csv", "data.csv", "--method", "irt-true"], "calibration"),
    "similarity": (["similarity", "data.csv", "--model", "1pl"], "pairs"),
}


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def shown_at_once(monkeypatch):
    monkeypatch.setattr(progress, "SECONDS_UNTIL_SHOWN", 0)


def test_quiet_counts_nothing():
    with redirect_stderr(Terminal()) as screen, pass_counter(quiet=True) as nothing:
        assert nothing is None
    assert screen.getvalue() == ""


def test_a_file_that_takes_standard_error_gets_no_bar():
    with redirect_stderr(io.StringIO()) as file, pass_counter() as passes, share_done("pairs", "p") as share:
        passes(1, -10.0, 0.5)
        share(3, 4)
    assert file.getvalue() == ""


def test_a_terminal_sees_passes_and_what_share_is_done():
    with redirect_stderr(Terminal()) as screen, pass_counter() as passes:
        passes(1, -10.0, 0.5)
    assert "calibration: " in screen.getvalue()
    with redirect_stderr(Terminal()) as screen, share_done("pairs", "persons") as share:
        share(3, 4)
        time.sleep(0.11)  # the bar is drawn at most ten times a second
        share(4, 4)
    assert "pairs: 100%" in screen.getvalue()


@pytest.mark.parametrize("case", COMMANDS)
def test_long_work_of_a_command_is_shown(monkeypatch, tmp_path, lsat6_csv, case):
    monkeypatch.chdir(tmp_path)
    for name, text in {"data": lsat6_csv, "g": GROUPS, "x": SCORES}.items():
        (tmp_path / f"{name}.csv").write_text(text)
    shown = []
    monkeypatch.setattr(progress, "_bar", lambda **words: shown.append(words["desc"]) or Bar())
    words, told = COMMANDS[case]
    result = CliRunner().invoke(main, ["stats", *words])
    assert result.exit_code == 0, result.output
    assert told in shown
    assert Bar.moved > 0


class Bar:
    """A bar that only counts."""

    moved = n = total = 0

    def __enter__(self):
        Bar.moved = 0
        return self

    def __exit__(self, *_failure):
        return None

    def set_postfix_str(self, text, refresh):
        assert text
        assert not refresh

    def update(self, by=1):
        self.n += by
        Bar.moved += by
