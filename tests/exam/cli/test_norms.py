import json
from importlib.resources import files

import pytest
from click.testing import CliRunner

from exam.cli import main


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *words: runner.invoke(main, ["norms", *words])


def grade_words(edition="mia-870-2016", sex="M", age="31", exercise="run100", result="14.2"):
    named = {"edition": edition, "sex": sex, "age": age, "exercise": exercise, "result": result}
    return ["grade", *(word for name, value in named.items() for word in (f"--{name}", value)), "--json"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"result": "abc"}, "--result: 'abc' is not a result"),
        ({"result": ""}, "no result was typed"),
        ({"result": "-14"}, "is not a result"),
        ({"result": "١٤"}, "digits other than 0-9"),
        ({"result": "1,42"}, "beyond what a person can do"),
        ({"result": "nan\nnan"}, "is not a result"),
        ({"exercise": "run3000", "result": "12,3"}, "need two digits"),
        ({"exercise": "pullups", "result": "12,5"}, "is not whole"),
        ({"exercise": "swim"}, "no exercise 'swim'; it has run60"),
        ({"edition": "mia-1"}, "no edition of the norms has the code 'mia-1'"),
        ({"sex": "X"}, "--sex: 'X' is not M or F"),
        ({"age": "thirty"}, "--age: 'thirty' is not an age"),
        ({"age": "-1"}, "--age: '-1' is not an age"),
        ({"age": "31.5"}, "is not an age"),
        ({"age": "٣١"}, "is not an age"),
        ({"age": "13"}, "is not an age of 14 to 100"),
        ({"age": "101"}, "is not an age of 14 to 100"),
        ({"age": "40"}, "has no norm of 100 m run for men of 40 years"),
        ({"sex": "F", "age": "35"}, "for women of 35 years; it holds 60 m run"),
    ],
)
def test_nonsense_is_refused_in_one_line_with_exit_1(run, changed, said):
    result = run(*grade_words(**changed))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_verdict_has_the_names_that_programs_rely_on(run):
    told = json.loads(run(*grade_words()).stdout)
    wanted = {
        "passed": True,
        "grade": "good",
        "points": None,
        "limit": 14.5,
        "unit": "s",
        "ground": "Order of the Minister of Internal Affairs No. 870 of 31 August 2016, annex 3, 100 m run, "
        "men, group III, aged 30–34: 14,2 ≤ 14,5 s, good",
    }
    assert {name: told[name] for name in wanted} == wanted
    assert told["sample"] is True


@pytest.mark.parametrize(
    ("changed", "grade", "limit"),
    [
        ({"result": "14,2"}, "good", 14.5),
        ({"result": "15,0"}, "satisfactory", 15.0),
        ({"result": "15.01"}, "unsatisfactory", 15.0),
        ({"age": "29", "result": "14.5"}, "satisfactory", 14.5),
        ({"age": "30", "result": "14.5"}, "good", 14.5),
        ({"age": "39", "result": "15.0"}, "excellent", 15.0),
        ({"age": "18", "result": "13.0"}, "excellent", 13.0),
        ({"exercise": "run3000", "result": "14,30"}, "satisfactory", 870),
        ({"exercise": "run3000", "result": "14:30,1"}, "unsatisfactory", 870),
        ({"exercise": "pullups", "result": "0"}, "unsatisfactory", 8),
        ({"sex": "F", "age": "35", "exercise": "run60", "result": "12,2"}, "excellent", 12.2),
    ],
)
def test_a_program_reads_grade_and_limit_as_numbers(run, changed, grade, limit):
    result = run(*grade_words(**changed))
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (told["grade"], told["limit"], told["passed"]) == (grade, limit, grade != "unsatisfactory")


def test_a_limit_in_minutes_comes_in_seconds_and_as_printed(run):
    told = json.loads(run(*grade_words(exercise="run3000", result="14.00")).stdout)
    assert (told["limit"], told["unit"], told["limit_as_printed"], told["unit_as_printed"]) == (
        840,
        "s",
        "14,00",
        "min,s",
    )


def test_points_come_with_the_scale_of_points(run):
    words = grade_words(edition="mia-77-2016-military", age="18", exercise="pullups", result="8")
    told = json.loads(run(*words).stdout)
    assert (told["points"], told["grade"], told["passed"]) == (25, "satisfactory", True)


def test_a_weak_result_is_judged_and_pointed_out(run):
    told = json.loads(run(*grade_words(result="142")).stdout)
    assert told["passed"] is False
    assert told["warnings"][-1] == "142 is unusual for 100 m run: 9,5 to 45 is expected"


def test_without_json_the_verdict_is_a_sentence(run):
    assert run(*grade_words()[:-1]).stdout.startswith("passed: Order of the Minister")
    assert run(*grade_words(result="15,1")[:-1]).stdout.startswith("not passed: Order")


TABLE = """sex,exercise,grade,threshold_as_printed
M,run100,excellent,13.0
M,run100,good,{good}
M,run100,satisfactory,14.0
"""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (TABLE.format(good="14.1").encode(), "limits.csv has 1 problem"),
        (b"\xff\xfe", "limits.csv is not UTF-8 text (byte 1)"),
        (b"#" * 1_000_001, "limits.csv is larger than 1000000 bytes"),
        (b"", "limits.csv has 1 problem"),
    ],
)
def test_a_table_with_a_fault_is_refused(run, tmp_path, content, said):
    file = tmp_path / "limits.csv"
    file.write_bytes(content)
    result = run("check", str(file))
    assert result.exit_code == 1
    assert result.stderr == f"Error: {said}\n"


def test_a_file_that_is_not_there_is_refused(run, tmp_path):
    result = run("check", str(tmp_path / "none.csv"))
    assert result.exit_code == 1
    assert "cannot be read" in result.stderr


def test_a_fault_is_printed_with_its_line(run, tmp_path):
    file = tmp_path / "limits.csv"
    file.write_text(TABLE.format(good="14.1"))
    assert run("check", str(file)).stdout == (
        "limits.csv:3: error: run100: good at 14,1 is not harder than satisfactory at 14,0 on line 4\n"
    )
    told = json.loads(run("check", str(file), "--json").stdout)
    assert (told["ok"], told["problems"][0]["line"], told["problems"][0]["code"]) == (
        False,
        3,
        "not-monotonic",
    )


def test_a_table_in_order_is_let_pass(run, tmp_path):
    file = tmp_path / "limits.csv"
    file.write_text(TABLE.format(good="13.5"))
    result = run("check", str(file))
    assert (result.exit_code, result.stdout) == (0, "limits.csv: the table holds together\n")


def test_a_disorder_that_the_act_prints_is_shown_and_let_pass(run):
    result = run("check", str(files("norms") / "data" / "mia-77-2016-military" / "men.csv"))
    assert result.exit_code == 0
    assert result.stdout.count("men.csv:55: warning: run3000: 76 points") == 2


def test_the_editions_are_listed_as_samples(run):
    told = json.loads(run("editions", "--json").stdout)
    assert [one["code"] for one in told] == ["mia-77-2016-military", "mia-77-2016-special", "mia-870-2016"]
    assert all(one["sample"] for one in told)
    assert {"number": "870", "date": "2016-08-31", "status": "repealed"}.items() <= told[2].items()
    assert "mia-870-2016  [repealed, sample]" in run("editions").stdout


@pytest.mark.parametrize("command", ["editions", "check", "grade"])
def test_every_command_has_help(run, command):
    assert run(command, "--help").exit_code == 0
