"""Items move as their life allows, by the right hand, with a note; what was active never changes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.errors import MoveRefusedError
from question_bank.items import ChosenKey, State, Text
from question_bank.life_cycle import (
    Change,
    Hand,
    Life,
    diff,
    edit,
    may_edit,
    move,
    next_version,
    possible_moves,
)
from tests.question_bank.builders import law_item, logic_item, options, single

NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)
AIGUL, BOLAT, DANA = "aigul", "bolat", "dana"


def life(state: State = State.DRAFT, **changes) -> Life:
    """An item that Aigul wrote."""
    return Life(law_item(state=state, **changes), frozenset({AIGUL}))


def step(
    before: Life, to: State, by: str = BOLAT, hand: Hand = Hand.APPROVER, note: str = "тексерілді"
) -> Life:
    return move(before, to, by=by, hand=hand, note=note, at=NOON)


def refusal(*args, **kwargs) -> str:
    with pytest.raises(MoveRefusedError) as caught:
        step(*args, **kwargs)
    return caught.value.code


@pytest.mark.parametrize("to", [State.APPROVED, State.ACTIVE, State.SUSPENDED, State.DRAFT])
def test_a_draft_does_not_skip_its_review(to):
    assert refusal(life(), to) == "no-such-move"


@pytest.mark.parametrize("to", State)
def test_nothing_comes_back_from_retirement(to):
    assert all(refusal(life(State.RETIRED), to, hand=hand) == "no-such-move" for hand in Hand)


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.APPROVED, State.SUSPENDED])
def test_who_wrote_an_item_does_not_approve_or_activate_it(state):
    to = State.APPROVED if state is State.IN_REVIEW else State.ACTIVE
    assert refusal(life(state), to, by=AIGUL) == "author-approves"
    assert step(life(state), to, by=BOLAT).item.state is to


def test_whoever_changed_a_word_is_an_author_too():
    edited = edit(life(), single(points=2), by=BOLAT, note="ұпай", at=NOON)
    in_review = step(edited, State.IN_REVIEW, by=AIGUL, hand=Hand.AUTHOR)
    assert refusal(in_review, State.APPROVED, by=BOLAT) == "author-approves"
    assert step(in_review, State.APPROVED, by=DANA).item.state is State.APPROVED


@pytest.mark.parametrize("hand", [Hand.AUTHOR, Hand.PSYCHOMETRICIAN, Hand.LAW])
def test_only_an_approver_approves(hand):
    assert refusal(life(State.IN_REVIEW), State.APPROVED, hand=hand) == "not-your-move"


@pytest.mark.parametrize("note", ["", "  ", "\n"])
def test_every_move_needs_a_note(note):
    assert refusal(life(), State.IN_REVIEW, AIGUL, Hand.AUTHOR, note) == "note-missing"


def test_a_moment_needs_a_time_zone():
    with pytest.raises(ValueError, match="time zone"):
        move(life(), State.IN_REVIEW, by=AIGUL, hand=Hand.AUTHOR, note="x", at=NOON.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (law_item(version=single(stem=Text("Кім?", ""))), "language-missing"),
        (law_item(version=single(source=None)), "source-missing"),
        (logic_item(version=single(source=None)), "certificate-missing"),
        (logic_item(version=replace(logic_item().version, seed="8")), "certificate-wrong"),
    ],
)
def test_an_unfinished_item_is_not_approved(item, code):
    before = Life(replace(item, state=State.IN_REVIEW), frozenset({AIGUL}))
    assert refusal(before, State.APPROVED) == code
    assert State.APPROVED not in possible_moves(before, by=BOLAT, hand=Hand.APPROVER)


def test_an_item_on_a_fact_of_grade_c_is_never_active():
    assert refusal(life(State.APPROVED, grade="C"), State.ACTIVE) == "grade-too-low"


def test_a_law_item_without_a_grade_is_not_taken_into_use():
    assert refusal(life(State.APPROVED, grade=""), State.ACTIVE) == "grade-missing"


def test_a_whole_life_leaves_every_step_with_its_name_and_note():
    now = life()
    path = [
        (State.IN_REVIEW, AIGUL, Hand.AUTHOR),
        (State.APPROVED, BOLAT, Hand.APPROVER),
        (State.ACTIVE, BOLAT, Hand.APPROVER),
        (State.SUSPENDED, DANA, Hand.PSYCHOMETRICIAN),
        (State.ACTIVE, BOLAT, Hand.APPROVER),
        (State.IN_REVIEW, "law-1", Hand.LAW),
        (State.RETIRED, BOLAT, Hand.APPROVER),
    ]
    for to, by, hand in path:
        now = step(now, to, by, hand, note=f"→ {to}")
    assert [(s.after, s.by, s.hand, s.note, s.at) for s in now.history] == [
        (to, by, hand, f"→ {to}", NOON) for to, by, hand in path
    ]
    assert [s.before for s in now.history] == [State.DRAFT, *(to for to, _, _ in path[:-1])]


@pytest.mark.parametrize("state", [state for state in State if state is not State.DRAFT])
def test_only_a_draft_is_edited_in_place(state):
    assert not may_edit(life(state), Hand.AUTHOR)
    with pytest.raises(MoveRefusedError, match="may not change") as caught:
        edit(life(state), single(points=2), by=AIGUL, note="x", at=NOON)
    assert caught.value.code == "frozen"


@pytest.mark.parametrize("hand", [Hand.APPROVER, Hand.PSYCHOMETRICIAN, Hand.LAW])
def test_only_authors_edit(hand):
    assert not may_edit(life(), hand)


def test_what_was_active_stays_as_it_was_even_back_in_draft():
    before = step(life(State.ACTIVE), State.IN_REVIEW, "law-1", Hand.LAW)
    back = step(before, State.DRAFT)
    with pytest.raises(MoveRefusedError) as caught:
        edit(back, single(points=2), by=AIGUL, note="x", at=NOON)
    assert caught.value.code == "frozen"


@pytest.mark.parametrize("changes", [{"item": "L-other"}, {"number": 2}])
def test_an_edit_keeps_item_and_number(changes):
    with pytest.raises(MoveRefusedError) as caught:
        edit(life(), single(**changes), by=AIGUL, note="x", at=NOON)
    assert caught.value.code == "other-version"


def test_an_edit_of_an_active_item_begins_the_next_version():
    active = life(State.ACTIVE)
    begun = next_version(active, by=DANA, note="түзету", at=NOON)
    assert (begun.item.state, begun.item.version.number, begun.authors) == (State.DRAFT, 2, frozenset({DANA}))
    assert active.item.state is State.ACTIVE
    assert edit(begun, single(number=2, points=2), by=DANA, note="x", at=NOON).item.version.points == 2


def test_a_draft_has_no_next_version():
    with pytest.raises(MoveRefusedError) as caught:
        next_version(life(), by=DANA, note="x", at=NOON)
    assert caught.value.code == "still-draft"


@given(
    st.lists(
        st.tuples(st.sampled_from(State), st.sampled_from([AIGUL, BOLAT]), st.sampled_from(Hand)), max_size=25
    )
)
def test_whatever_is_tried_no_author_ever_approves_and_no_step_is_lost(tries):
    now, taken = life(), 0
    for to, by, hand in tries:
        offered = to in possible_moves(now, by=by, hand=hand)
        try:
            now = step(now, to, by, hand)
        except MoveRefusedError:
            assert not offered
            continue
        assert offered
        taken += 1
    assert len(now.history) == taken
    states = [State.DRAFT, *(s.after for s in now.history)]
    assert all(s.before is before for s, before in zip(now.history, states, strict=False))
    assert all(s.by not in now.authors for s in now.history if s.after in (State.APPROVED, State.ACTIVE))
    assert State.ACTIVE not in states or State.APPROVED in states[: states.index(State.ACTIVE)]


def test_a_diff_names_each_field_that_changed():
    old = single()
    changed = options(("комиссия", "комиссия"), ("төраға", "председатель комиссии"))
    new = replace(
        old, number=2, stem=Text(old.stem.kk, "Кто?"), options=changed, key=ChosenKey(frozenset({0}))
    )
    assert diff(old, new) == (
        Change("stem.ru", "Кто ведёт протокол?", "Кто?"),
        Change("options[1].ru", "председатель", "председатель комиссии"),
        Change("options[2].kk", "хатшы", ""),
        Change("options[2].ru", "секретарь", ""),
        Change("options[2].fixed", "False", ""),
        Change("options[3].kk", "мүше", ""),
        Change("options[3].ru", "член", ""),
        Change("options[3].fixed", "False", ""),
        Change("key.options[0]", "1", "0"),
    )


def test_a_diff_of_the_same_words_is_empty():
    assert diff(single(), single(number=5)) == ()
