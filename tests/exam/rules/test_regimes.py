"""The regimes as written down: counts and words compared with the acts."""

import re
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import date

import pytest

from exam.rules.commission import QuorumBase
from exam.rules.errors import UnknownRegimeError
from exam.rules.exemptions import ExemptionGround
from exam.rules.regimes import (
    DECREE_490,
    LAW_2021,
    LAW_2025,
    REGIMES,
    AfterFailure,
    CommissionKind,
    Names,
    Subject,
    regime,
)
from exam.rules.stages import Stage
from scoring.gate import Decision
from scoring.outcome import RestrictionWhen

CENTRAL, REGIONAL = CommissionKind.CENTRAL, CommissionKind.REGIONAL


def names_in(value: object) -> Iterator[Names]:
    if isinstance(value, Names):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from names_in(getattr(value, field.name))
    elif hasattr(value, "values"):
        yield from names_in(tuple(value.values()))
    elif isinstance(value, tuple):
        for each in value:
            yield from names_in(each)


ALL_NAMES = [names for each in REGIMES.values() for names in names_in(each)]


def test_an_unknown_code_is_refused():
    with pytest.raises(UnknownRegimeError, match="decree-491"):
        regime("decree-491")


@pytest.mark.parametrize("code", ["decree-490", "law-2021", "law-2025"])
def test_a_regime_is_found_by_its_code(code):
    assert regime(code).code == code


def test_a_regime_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        DECREE_490.restriction_when = RestrictionWhen.ALL
    with pytest.raises(TypeError):
        REGIMES["decree-490"] = LAW_2021


@pytest.mark.parametrize(
    ("day", "covered"),
    [
        (date(2024, 3, 31), False),
        (date(2024, 4, 1), True),
        (date(2024, 12, 31), True),
        (date(2025, 1, 1), False),
    ],
)
def test_the_campaign_of_the_decree_has_a_first_and_a_last_day(day, covered):
    assert DECREE_490.covers(day) is covered
    assert LAW_2025.covers(day)


def test_the_decree_has_five_stages_in_order_and_two_tests():
    assert DECREE_490.stages == (
        Stage.PREPARATION,
        Stage.NORMS,
        Stage.TEST,
        Stage.INTERVIEW,
        Stage.DECISION,
    )
    assert DECREE_490.subjects == (Subject.LEGISLATION, Subject.LOGIC)


def test_the_five_decisions_are_those_of_the_gate():
    assert [each.number for each in DECREE_490.decisions] == [int(decision) for decision in Decision]
    assert [each.code for each in DECREE_490.decisions] == [decision.name.lower() for decision in Decision]
    assert DECREE_490.decision(4).names.kk.endswith("басқа қызметке (лауазымға) ауыстыру ұсынылады")
    with pytest.raises(KeyError):
        DECREE_490.decision(6)


def test_one_failure_restricts_unless_the_campaign_says_otherwise():
    assert DECREE_490.restriction_when is RestrictionWhen.ANY


@pytest.mark.parametrize(("kind", "count"), [(CENTRAL, 12), (REGIONAL, 17)])
def test_annex_1_lists_twelve_and_seventeen_categories(kind, count):
    categories = DECREE_490.categories_of(kind)
    assert [each.number for each in categories] == list(range(1, count + 1))
    assert [each.code for each in categories] == [f"{kind.value}-{number}" for number in range(1, count + 1)]


def test_the_categories_with_a_note_are_those_with_a_star():
    assert [each.code for each in DECREE_490.categories if each.note] == [
        "central-7",
        "central-8",
        "regional-1",
        "regional-5",
        "regional-9",
    ]


def test_a_category_is_found_by_its_code():
    assert DECREE_490.category("central-10").names.kk == "Қылмыстық-атқару жүйесі мекемелерінің бастықтары"
    with pytest.raises(KeyError):
        DECREE_490.category("central-13")


def test_no_two_categories_have_the_same_words():
    for language in ("kk", "ru"):
        assert len({each.names.of(language) for each in DECREE_490.categories}) == 29


@pytest.mark.parametrize(
    ("kind", "posts", "all_base", "voting_base", "chair"),
    [
        (CENTRAL, 8, 8, 7, "Министр внутренних дел Республики Казахстан"),
        (REGIONAL, 10, 10, 9, "заместитель Министра внутренних дел Республики Казахстан"),
    ],
)
def test_the_compositions_by_post(kind, posts, all_base, voting_base, chair):
    composition = DECREE_490.composition(kind)
    assert [post.number for post in composition.posts] == list(range(1, posts + 1))
    assert composition.chair.number == 1
    assert composition.chair.names.ru == chair
    assert composition.secretary.number == posts
    assert composition.secretary not in composition.voting_posts
    assert composition.quorum_size(QuorumBase.ALL_POSTS) == all_base
    assert composition.quorum_size(QuorumBase.VOTING_POSTS) == voting_base


def test_the_terms_of_the_decree():
    terms = DECREE_490.terms
    assert (terms.notice_months, terms.characteristic_weeks, terms.materials_weeks) == (1, 3, 1)
    assert (terms.protocol_working_days, terms.acquaintance_working_days) == (3, 3)


def test_the_decree_spares_pregnancy_and_the_leaves_of_article_77_only():
    assert DECREE_490.exemptions == (ExemptionGround.PREGNANCY, ExemptionGround.ARTICLE_77_LEAVE)


def test_the_law_asks_three_subjects_since_2025():
    assert LAW_2021.subjects == (Subject.LEGISLATION, Subject.LOGIC)
    assert LAW_2025.subjects == (Subject.LEGISLATION, Subject.STATE_LANGUAGE, Subject.LOGIC)


def test_a_failure_barred_from_the_interview_until_2025():
    assert LAW_2021.after_failure is AfterFailure.BARS_INTERVIEW
    assert LAW_2025.after_failure is AfterFailure.IS_A_GROUND
    assert LAW_2021.restriction_when is LAW_2025.restriction_when is None


@pytest.mark.parametrize("law", [LAW_2021, LAW_2025])
def test_the_law_knows_reattestation(law):
    assert "reattest" in [each.code for each in law.decisions]
    again = law.reattestation
    assert (again.not_before_months, again.not_after_months) == (3, 6)
    left = [each.code for each in again.decisions if each.number in again.open_after_failure]
    assert left == ["demote", "dismiss"]
    assert law.smallest_commission == 5


def test_the_decree_knows_none():
    assert DECREE_490.reattestation is None


def test_every_name_is_there_in_three_languages():
    assert len(ALL_NAMES) > 80
    for names in ALL_NAMES:
        for language in ("kk", "ru", "en"):
            text = names.of(language)
            assert text
            assert text == text.strip()
            assert "  " not in text
    with pytest.raises(KeyError):
        ALL_NAMES[0].of("de")


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_latin_letter_hides_in_a_cyrillic_name(language):
    for names in ALL_NAMES:
        without_numerals = re.sub(r"\b(IV|VIII)\b", "", names.of(language))
        assert not re.search("[A-Za-z]", without_numerals), names


def test_only_kazakh_names_have_kazakh_letters():
    kazakh = re.compile("[әғқңөұүһі]", re.IGNORECASE)
    assert not [names for names in ALL_NAMES if kazakh.search(names.ru)]
    assert not [names for names in ALL_NAMES if re.search("[щёъ]", names.kk)]


@pytest.mark.parametrize("fault", ["респубикалық", "жаңында", "министрлікі", "Үлттық", "занды", "паралық"])
def test_scanning_faults_of_the_source_are_gone(fault):
    assert not [names for names in ALL_NAMES if fault in names.kk]
