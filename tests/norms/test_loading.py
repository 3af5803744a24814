from datetime import date

import pytest

from norms.editions import Sex, Status
from norms.errors import UnknownEditionError, UnknownExerciseError
from norms.loading import edition_codes, known_exercises, load_edition


@pytest.mark.parametrize("code", ["", "mia-870", "../norms", "exercises.toml", "MIA-870-2016"])
def test_an_unknown_code_is_refused(code):
    with pytest.raises(UnknownEditionError, match="no edition"):
        load_edition(code)


def test_an_exercise_of_another_edition_is_refused_and_the_known_ones_are_named():
    with pytest.raises(UnknownExerciseError, match=r"no exercise 'situps'.*run60, run100, pullups, ksu"):
        load_edition("mia-870-2016").exercise("situps")


def test_three_editions_are_shipped():
    assert edition_codes() == ("mia-77-2016-military", "mia-77-2016-special", "mia-870-2016")


@pytest.mark.parametrize("code", edition_codes())
def test_every_shipped_edition_is_a_sample_with_its_act_and_source(code):
    edition = load_edition(code)
    assert edition.code == code
    assert edition.sample
    assert edition.warnings
    assert edition.source.startswith("https://adilet.zan.kz/")
    for text in (edition.act.cited, edition.scope, edition.rule_text):
        assert len({text.kk, text.ru, text.en}) == 3
    assert edition.act.number in edition.act.cited.kk


def test_the_act_of_the_candidates_is_repealed_and_dated():
    act = load_edition("mia-870-2016").act
    assert load_edition("mia-870-2016").status is Status.REPEALED
    assert (act.number, act.signed, act.registration) == ("870", date(2016, 8, 31), "14305")


def test_a_woman_of_the_fourth_group_runs_60_metres_instead_of_100():
    edition = load_edition("mia-870-2016")
    held = {age: [one.code for one in edition.exercises_for(sex=Sex.FEMALE, age=age)] for age in (34, 35)}
    assert held == {34: ["run100", "ksu", "run1000"], 35: ["run60", "ksu", "run1000"]}


@pytest.mark.parametrize("sex", list(Sex))
def test_nobody_of_forty_has_an_exercise_in_the_act_of_the_candidates(sex):
    edition = load_edition("mia-870-2016")
    assert len(edition.exercises_for(sex=sex, age=39)) == 3
    assert edition.exercises_for(sex=sex, age=40) == ()


def test_every_exercise_has_three_different_names():
    for exercise in known_exercises().values():
        assert len({exercise.name.kk, exercise.name.ru, exercise.name.en}) == 3


def test_every_limit_of_an_edition_is_plausible():
    for code in edition_codes():
        edition = load_edition(code)
        for row in edition.rows:
            exercise = edition.exercise(row.exercise)
            low, high = sorted((exercise.best, exercise.weakest))
            assert low < row.limit.value < high, (code, row)
