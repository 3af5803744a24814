"""The solvers against puzzles solved by hand, and against second solvers from the definitions."""

import re
from itertools import permutations, product

import pytest

from question_bank.logic import generate
from question_bank.logic.analogy import Analogy, AnalogyProblem
from question_bank.logic.conditional import Conditional, ConditionalProblem, Either, Fact, Rule
from question_bank.logic.letter_series import ALPHABETS
from question_bank.logic.matrix import Cell, Matrix, MatrixProblem
from question_bank.logic.ordering import Clue, Ordering, OrderingProblem, Question
from question_bank.logic.people import PEOPLE
from question_bank.logic.relations import shipped_table
from question_bank.logic.sayings import Claim, TruthProblem
from question_bank.logic.syllogism import FORMS, Proposition, Syllogism, SyllogismProblem
from question_bank.logic.truth_tellers import TruthTellers

A, E, I, O = FORMS  # noqa: E741 - the letters of the syllogism since the Middle Ages


def conclusions(*premises):
    """Which of the eight statements about S (0) and P (2) the solver draws; the middle term is 1."""
    problem = SyllogismProblem(("юрист", "поэт", "врач"), premises, 0)
    choices = [Proposition(form, s, p) for form in FORMS for s, p in ((0, 2), (2, 0))]
    holds = [Syllogism().prove(problem, (choice,)).holds[0] for choice in choices]
    return {(c.form, c.subject) for c, held in zip(choices, holds, strict=True) if held}


@pytest.mark.parametrize(
    ("premises", "drawn"),
    [
        # Barbara, Celarent, Darii, Ferio (first figure)
        ([Proposition(A, 1, 2), Proposition(A, 0, 1)], {(A, 0)}),
        ([Proposition(E, 1, 2), Proposition(A, 0, 1)], {(E, 0), (E, 2)}),
        ([Proposition(A, 1, 2), Proposition(I, 0, 1)], {(I, 0), (I, 2)}),
        ([Proposition(E, 1, 2), Proposition(I, 0, 1)], {(O, 0)}),
        # Baroco, Bocardo (second and third figure)
        ([Proposition(A, 2, 1), Proposition(O, 0, 1)], {(O, 0)}),
        ([Proposition(O, 1, 2), Proposition(A, 1, 0)], {(O, 0)}),
        # Darapti needs somebody in the middle group: not drawn
        ([Proposition(A, 1, 2), Proposition(A, 1, 0)], set()),
        # nothing follows from two particular or two denied premises
        ([Proposition(I, 1, 2), Proposition(I, 0, 1)], set()),
        ([Proposition(E, 1, 2), Proposition(E, 0, 1)], set()),
        # the undistributed middle
        ([Proposition(A, 2, 1), Proposition(A, 0, 1)], set()),
    ],
)
def test_the_moods_of_the_syllogism(premises, drawn):
    assert conclusions(*premises) == drawn


def test_an_option_that_needs_members_makes_an_item_ambiguous():
    problem = SyllogismProblem(("юрист", "поэт", "врач"), (Proposition(A, 1, 2), Proposition(A, 0, 1)), 0)
    choices = (Proposition(A, 0, 2), Proposition(I, 0, 2), Proposition(E, 0, 2), Proposition(A, 2, 0))
    assert Syllogism().prove(problem, choices).holds == (True, True, False, False)


def follows_in_every_small_room(problem, conclusion):
    """A second solver: rooms of up to three people, each a member of some of the groups."""
    size = len(problem.groups)
    kinds = list(product((False, True), repeat=size))
    for room in product(kinds, repeat=3):
        if all(said(premise, room) for premise in problem.premises) and not said(conclusion, room):
            return False
    return True


def said(proposition, room):
    members = [kind for kind in room if kind[proposition.subject]]
    also = [kind[proposition.predicate] for kind in members]
    return {A: all(also), E: not any(also), I: any(also), O: not all(also)}[proposition.form]


def test_syllogisms_hold_in_every_room_of_three():
    # two premises and a denied conclusion ask for three witnesses at the most
    for item in generate("syllogism", seed=12, count=40):
        if len(item.problem.premises) == 2:
            holds = [follows_in_every_small_room(item.problem, choice) for choice in item.choices]
            assert holds == [place == item.key for place in range(4)]


def clue_sentences(stem):
    """Solve a queue from its printed Russian sentences alone."""
    opening, *rest = re.split(r"(?<=[.?]) ", stem)
    names = re.split(r", | и ", opening.rsplit(": ", 1)[1].rstrip("."))
    return names, rest[:-1], rest[-1]


ORDINALS = {"первом": 0, "втором": 1, "третьем": 2, "четвёртом": 3, "пятом": 4, "шестом": 5}
FORMS_OF = {form: str(p.ru) for p in PEOPLE.values() for form in (p.ru.nom, p.ru.gen, p.ru.ins, p.ru.dat)}


def holds_as_printed(sentence, order):
    """Read one printed clue about a queue and judge it in an order."""
    named = [FORMS_OF[word] for word in re.findall(r"[А-Я][а-я]+", sentence) if word in FORMS_OF]
    place = [order.index(name) for name in named]
    number = next((ORDINALS[word] for word in re.findall(r"[а-яё]+", sentence) if word in ORDINALS), None)
    if number is not None:
        return (place[0] == number) is ("не на" not in sentence)
    if "ближе к началу" in sentence:
        return place[0] < place[1]
    if "непосредственно перед" in sentence:
        return place[1] - place[0] == 1
    if "Между" in sentence:
        return abs(place[0] - place[1]) == (2 if "один" in sentence else 3)
    return (abs(place[0] - place[1]) == 1) is ("не стоят" not in sentence)


def answer_as_printed(question, order):
    number = next((ORDINALS[word] for word in question.split() if word in ORDINALS), None)
    if number is not None:
        return order[number]
    [name] = [FORMS_OF[word] for word in re.findall(r"[А-Я][а-я]+", question) if word in FORMS_OF]
    place = order.index(name) + (1 if " за " in question else -1)
    return order[place] if 0 <= place < len(order) else ""


def test_queues_are_solved_from_their_printed_sentences():
    queues = [item for item in generate("ordering", seed=3, count=160) if item.problem.scene == "queue"]
    assert len(queues) > 20
    for item in queues:
        names, clues, question = clue_sentences(item.stem.ru)
        orders = [o for o in permutations(names) if all(holds_as_printed(clue, o) for clue in clues)]
        assert {answer_as_printed(question, order) for order in orders} == {item.options[item.key].ru}


def test_a_queue_with_two_solutions_is_seen():
    names = ("Айдар", "Болат", "Самат")
    problem = OrderingProblem("queue", names, (Clue("before", "Айдар", "Болат"),), Question("at", number=1))
    certificate = Ordering().prove(problem, names)
    assert certificate.enumerated == 6
    assert certificate.consistent == 3
    assert not any(certificate.holds)


def test_every_clue_of_an_order_is_needed():
    for item in generate("ordering", seed=8, count=60):
        problem, worlds = item.problem, list(permutations(item.problem.names))
        for clue in problem.clues:
            rest = [other for other in problem.clues if other != clue]
            left = {problem.question.answer(w) for w in worlds if all(c.holds(w) for c in rest)}
            assert len(left) > 1


def test_conditionals_by_hand():
    p, q, r = Fact(0), Fact(1), Fact(2)
    rule = Rule((p,), q)
    problem = ConditionalProblem(
        ("красная лампа горит", "ворота открыты", "насос включён"), (rule, q), "x", 0
    )
    holds = Conditional().prove(problem, (p, p.denied(), r, q)).holds
    assert holds == (False, False, False, True), "the consequent proves nothing"
    either = ConditionalProblem(problem.atoms, (Either(p, q), p.denied()), "x", 0)
    assert Conditional().prove(either, (q, q.denied(), r, r.denied())).holds == (True, False, False, False)


def test_contradictory_premises_prove_nothing():
    p = Fact(0)
    problem = ConditionalProblem(("насос включён",), (p, p.denied()), "x", 0)
    assert Conditional().prove(problem, (p, p.denied())).holds == (False, False)


def test_letters_stand_where_the_alphabet_has_them():
    assert (len(ALPHABETS["kk"]), len(ALPHABETS["ru"])) == (42, 33)
    for item in generate("letter_series", seed=6, count=60):
        letters = ALPHABETS[item.problem.alphabet]
        assert " ".join(letters) in item.stem.kk
        assert " ".join(letters) in item.stem.ru
        assert all(set(option.kk) <= set(letters) and option.kk == option.ru for option in item.options)


def test_a_liar_puzzle_by_hand():
    # Айдар says that Болат lies, Болат that both are alike with Самат, Самат that exactly one lies
    names = ("Айдар", "Болат", "Самат")
    sayings = (Claim("lies", ("Болат",)), Claim("alike", ("Айдар", "Самат")), Claim("liars", number=1))
    certificate = TruthTellers().prove(
        TruthProblem(names, sayings, 0, "who_lies", 0), [("Болат",), ("Айдар",)]
    )
    # Болат honest: Айдар lies and Самат is like him, so two lie; Самат says one: a lie. It fits as well as
    # Болат lying with Айдар honest and Самат unlike him, a liar: two lie, Самат lied.
    assert certificate.consistent == 2
    assert not any(certificate.holds)


def test_one_true_saying_by_hand():
    names = ("Айдар", "Болат", "Самат", "Тимур")
    sayings = tuple(Claim("is", (name,)) for name in ("Болат", "Самат", "Болат"))
    problem = TruthProblem(names, (*sayings, Claim("is_not", ("Тимур",))), 1, "owner", 0)
    # only the last is true of Айдар; of Тимур none is true
    assert TruthTellers().prove(problem, [(name,) for name in names]).holds == (True, False, False, False)


def cells(*rows):
    return tuple(Cell(0, count, 0) for row in rows for count in row)


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        (((1, 2, 3), (2, 3, 4), (3, 4)), 5),
        (((1, 2, 3), (3, 1, 2), (2, 3)), 1),
        (((1, 4, 5), (2, 1, 3), (3, 3)), 6),
        (((4, 4, 4), (1, 1, 1), (6, 6)), 6),
    ],
)
def test_a_matrix_by_hand(rows, missing):
    problem = MatrixProblem(cells(*rows), ("same", "growing", "same"), 0)
    choices = [Cell(0, count, 0) for count in range(1, 7)]
    assert Matrix().prove(problem, choices).holds == tuple(count == missing for count in range(1, 7))


def test_a_matrix_with_two_rules_is_seen():
    # the third is the sum of the first two (4), or their product (3)
    problem = MatrixProblem(cells((2, 2, 4), (2, 2, 4), (3, 1)), ("same", "adding", "same"), 0)
    assert Matrix().prove(problem, [Cell(0, n, 0) for n in range(1, 7)]).holds[2:4] == (True, True)


def test_the_table_of_relations_is_in_order():
    table = shipped_table()
    assert len(table.words) == len({text.ru for text in table.words.values()})
    for name, relation in table.relations.items():
        assert len(relation.pairs) >= 7, name
        assert len({left for left, _ in relation.pairs}) == len(relation.pairs), name
        assert len({right for _, right in relation.pairs}) == len(relation.pairs), name
        assert relation.near <= set(table.relations), name
        for other in relation.near:
            assert name in table.relations[other].near, f"{name} and {other} are near each other"
        for pair in relation.also:
            assert set(pair) <= set(table.words), pair


def test_an_analogy_with_a_near_relation_is_ambiguous():
    problem = AnalogyProblem(("термометр", "температура"), "", 0)
    choices = (("весы", "масса"), ("килограмм", "масса"), ("корова", "телёнок"), ("Рим", "Италия"))
    assert Analogy().prove(problem, choices).holds == (True, True, False, False)


def test_a_pair_that_could_be_argued_for_is_no_safe_wrong_option():
    problem = AnalogyProblem(("хирург", "скальпель"), "портной", 0)
    assert Analogy().prove(problem, (("игла",), ("ножницы",), ("кисть",))).holds == (True, True, False)


def test_a_symmetric_relation_reads_both_ways():
    problem = AnalogyProblem(("высокий", "низкий"), "холодный", 0)
    assert Analogy().prove(problem, (("горячий",), ("низкий",))).holds == (True, False)
