"""What a change of an act touches, what nobody but a person can tell, and what has ended by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exam.errors import ForbiddenError, RefusedError
from exam.rules.roles import Role
from exam.services.bank.amendments import outdated_versions, preview_amendment, record_amendment
from exam.services.bank.item_lives import move_version, open_moves
from exam.services.bank.item_versions import find_version
from exam.services.bank.loading import add_items
from exam.services.bank.reading import version_states
from exam.services.local_days import day_of
from exam.storage.tables import ItemMove, JournalEntry
from question_bank.items import State, Text
from question_bank.legislation import Amendment
from tests import factories as make
from tests.factories import NOON
from tests.question_bank.builders import SOURCE, law_item, single

ACT = "koap-2014"
ON_THE_OLD_CONSTITUTION = replace(SOURCE, act="constitution-1995")
TODAY = day_of(NOON)
CHANGE = Amendment(ACT, TODAY, ("677-бап",), ground="№ 1 Заң")


def standing(code, article, *, state=State.ACTIVE, **source):
    version = single(code)
    return law_item(
        code,
        state=state,
        version=replace(
            version, source=replace(version.source, act=ACT, article=Text(article, article), **source)
        ),
    )


@pytest.fixture
def bank(sqlite_database):
    """Three items on the code: on a range of articles, on a chapter, on another article."""
    items = [
        standing("L-1", "676–681-баптар"),
        standing("L-2", "34-тарау"),
        standing("L-3", "35-бап"),
    ]
    with sqlite_database.writing() as session:
        add_items(session, items, author=None, at=NOON)
        yield session


def codes(found):
    return [each.code for each in found]


def states(session):
    return {number: version_states(session, number)[number] for number in (1, 2, 3)}


@pytest.mark.parametrize("article", ["999-бап", "67-бап", "677-тармақ", "мазмұны"])
def test_an_article_on_which_nothing_stands_is_refused_and_named(bank, article):
    with pytest.raises(RefusedError) as refused:
        preview_amendment(bank, replace(CHANGE, articles=("677-бап", article)))
    assert (refused.value.code, refused.value.facts) == ("articles-unknown", {"articles": article})


def test_only_an_approver_records_a_change(bank):
    with pytest.raises(ForbiddenError):
        record_amendment(bank, CHANGE, by=make.actor(bank, Role.ITEM_AUTHOR), at=NOON)


def test_a_change_touches_a_range_and_names_what_a_person_has_to_look_at(bank):
    reach = preview_amendment(bank, CHANGE)
    assert (codes(reach.touched), codes(reach.unsure)) == (["L-1"], ["L-2"])


def test_a_recorded_change_moves_what_it_touches_and_the_journal_names_the_unsure(bank):
    record_amendment(bank, CHANGE, by=make.actor(bank, Role.ITEM_APPROVER), at=NOON)
    assert states(bank) == {1: State.IN_REVIEW, 2: State.ACTIVE, 3: State.ACTIVE}
    facts = bank.query(JournalEntry).filter_by(tag="amendment:recorded").one().facts
    assert (facts["touched"], facts["unsure"]) == (["L-1"], ["L-2"])


@pytest.mark.parametrize("to", [State.APPROVED, State.ACTIVE])
def test_what_a_change_has_overtaken_is_not_approved_again_and_no_such_move_is_offered(bank, to):
    by = make.actor(bank, Role.ITEM_APPROVER)
    record_amendment(bank, CHANGE, by=by, at=NOON)
    with pytest.raises(RefusedError) as refused:
        move_version(bank, 1, 1, to, note="дұрыс", by=by, at=NOON)
    assert refused.value.code == "law-overtaken"
    offered = open_moves(bank, find_version(bank, 1), by=by, at=NOON)
    assert offered == (State.DRAFT, State.RETIRED)


def test_a_wording_of_the_new_redaction_is_approved(sqlite_database):
    with sqlite_database.writing() as session:
        item = standing("L-1", "677-бап", state=State.IN_REVIEW, redaction=TODAY)
        add_items(session, [item], author=None, at=NOON)
        by = make.actor(session, Role.ITEM_APPROVER)
        record_amendment(session, CHANGE, by=by, at=NOON)
        move_version(session, 1, 1, State.APPROVED, note="дұрыс", by=by, at=NOON)
        assert version_states(session, 1)[1] is State.APPROVED


@pytest.mark.parametrize(
    "item",
    [
        standing("L-1", "35-бап", valid_to=TODAY),
        law_item(
            "L-1", version=replace(single("L-1"), source=replace(single().source, act="constitution-1995"))
        ),
    ],
    ids=["its article", "its act"],
)
def test_what_stands_on_an_ended_law_goes_to_review_with_the_next_move_in_the_bank(sqlite_database, item):
    after = NOON.replace(year=2026, month=11)
    with sqlite_database.writing() as session:
        add_items(session, [item, standing("L-2", "36-бап")], author=None, at=NOON)
        assert codes(outdated_versions(session, on=TODAY)) == []
        assert codes(outdated_versions(session, on=after.date())) == ["L-1"]
        by = make.actor(session, Role.ITEM_APPROVER)
        move_version(session, 2, 1, State.SUSPENDED, note="тексеру", by=by, at=after)
        assert version_states(session, 1)[1] is State.IN_REVIEW
        assert session.query(ItemMove).filter_by(item_id=1, note="law-changed").count() == 1
        assert codes(outdated_versions(session, on=after.date() + timedelta(1))) == []


def test_an_item_on_an_act_that_nobody_knows_is_not_approved(sqlite_database):
    version = single("L-1")
    item = law_item(
        "L-1", state=State.IN_REVIEW, version=replace(version, source=replace(version.source, act="law-0"))
    )
    with sqlite_database.writing() as session:
        add_items(session, [item], author=None, at=NOON)
        with pytest.raises(RefusedError) as refused:
            move_version(
                session, 1, 1, State.APPROVED, note="x", by=make.actor(session, Role.ITEM_APPROVER), at=NOON
            )
        assert refused.value.code == "act-unknown"
