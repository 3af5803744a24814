import pytest

from norms.editions import Sex
from norms.evaluation import evaluate, grade
from norms.loading import load_edition
from norms.measures import read_measure
from norms.wording import ground_text, no_row_text, norms_text

CANDIDATES = load_edition("mia-870-2016")


def verdict(edition, exercise, typed, *, sex=Sex.MALE, age=31):
    return grade(edition, exercise, read_measure(typed, edition.exercise(exercise).unit), sex=sex, age=age)


GROUNDS = {
    "kk": "ҚР Ішкі істер министрінің 2016 жылғы 31 тамыздағы № 870 бұйрығы, 3-қосымша, "
    "100 метрге жүгіру, ерлер, III топ, 30–34 жас: 14,2 ≤ 14,5 с, жақсы",
    "ru": "приказ Министра внутренних дел РК от 31 августа 2016 года № 870, приложение 3, "
    "бег на 100 метров, мужчины, группа III, возраст 30–34: 14,2 ≤ 14,5 с, хорошо",
    "en": "Order of the Minister of Internal Affairs No. 870 of 31 August 2016, annex 3, "
    "100 m run, men, group III, aged 30–34: 14,2 ≤ 14,5 s, good",
}


@pytest.mark.parametrize(("language", "text"), list(GROUNDS.items()))
def test_the_ground_is_one_line_in_three_languages(language, text):
    assert ground_text(verdict(CANDIDATES, "run100", "14,2"), language) == text


@pytest.mark.parametrize(
    ("age", "language", "ages"),
    [
        (22, "en", "group I, up to 22 years:"),
        (22, "ru", "до 22 лет включительно:"),
        (22, "kk", "22 жасқа дейін"),
    ],
)
def test_an_open_group_says_where_it_ends(age, language, ages):
    assert ages in ground_text(verdict(CANDIDATES, "run100", "14,0", age=age), language)


def test_what_would_have_been_enough_is_said():
    special = load_edition("mia-77-2016-special")
    text = ground_text(verdict(special, "run100", "14,8"))
    assert text.endswith("100 m run, men: 14,8 ≤ 15,0 s, satisfactory, 14,5 s is needed to pass")


def test_points_and_the_disordered_row_are_said():
    text = ground_text(verdict(load_edition("mia-77-2016-military"), "run3000", "11,00"))
    assert text.endswith(
        "11:00 ≤ 11:00 min:s, excellent, 75 points, "
        "a row that the act prints out of order (excellent, 80 points) was not applied"
    )


def test_a_missing_row_is_said_with_what_is_held_instead():
    absent = verdict(CANDIDATES, "run100", "16,0", sex=Sex.FEMALE, age=36)
    assert no_row_text(absent, CANDIDATES).endswith(
        "annex 3, has no norm of 100 m run for women of 36 years; "
        "it holds 60 m run, complex strength exercise, 1000 m run"
    )
    assert no_row_text(absent, CANDIDATES, "kk").endswith("кешенді күштік жаттығу, 1000 метрге жүгіру")


def test_beyond_the_ages_of_the_act_nothing_is_held():
    absent = verdict(CANDIDATES, "run100", "16,0", age=40)
    assert no_row_text(absent, CANDIDATES, "ru").endswith(
        "нет норматива «бег на 100 метров» (мужчины, возраст 40)"
    )


def together(language, **typed):
    results = {code: read_measure(text, CANDIDATES.exercise(code).unit) for code, text in typed.items()}
    return norms_text(evaluate(CANDIDATES, results, sex=Sex.MALE, age=31), CANDIDATES, language)


def test_the_outcome_names_the_rule_and_the_grade_of_each_exercise():
    assert together("ru", run100="14,2", pullups="7", run3000="14,00") == (
        "не сданы: приказ Министра внутренних дел РК от 31 августа 2016 года № 870, приложение 3 "
        "(каждое упражнение не ниже «удовлетворительно»): бег на 100 метров 14,2 – хорошо; "
        "подтягивание на перекладине 7 – неудовлетворительно; бег на 3000 метров 14:00 – хорошо"
    )


def test_an_exercise_without_a_result_stands_open():
    text = together("kk", run100="14,2", run3000="14,00")
    assert text.startswith("нәтижелер толық емес: ")
    assert text.endswith("; аспаға тартылу –")


def test_a_person_beyond_the_act_has_no_norm():
    verdict_of_40 = evaluate(CANDIDATES, {}, sex=Sex.MALE, age=40)
    assert norms_text(verdict_of_40, CANDIDATES) == (
        "no norm for this person: Order of the Minister of Internal Affairs No. 870 of 31 August 2016, "
        "annex 3 (every exercise at least satisfactory)"
    )
