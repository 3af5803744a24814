"""QTI 2.1, 2.2 and 3.0: what is not read and why; then each kind of question."""

from decimal import Decimal

import pytest

from question_bank.interchange.detect import format_of_entries
from question_bank.interchange.qti_package import read_package
from question_bank.interchange.reading import read_content
from question_bank.items import NOTHING, Kind, Text

CHOICES = """<simpleChoice identifier='A'>Ол</simpleChoice>
<simpleChoice identifier='B' fixed='true'>Мен</simpleChoice>"""
ASKED = (
    "<choiceInteraction responseIdentifier='R' maxChoices='{}'><prompt>Кім?</prompt>{}</choiceInteraction>"
)


def item(body, *right, cardinality="single", kind="identifier", more="", space="imsqti_v2p1"):
    values = "".join(f"<value>{each}</value>" for each in right)
    correct = f"<correctResponse>{values}</correctResponse>" if right else ""
    return (
        f"<assessmentItem xmlns='http://www.imsglobal.org/xsd/{space}' identifier='i1' title='Аты'>\n"
        f"<responseDeclaration identifier='R' cardinality='{cardinality}' baseType='{kind}'>{correct}"
        f"</responseDeclaration><itemBody>{body}</itemBody>{more}</assessmentItem>"
    )


def read(text):
    return read_content(text.encode(), "f.xml")[1]


def only(text):
    reading = read(text)
    assert not reading.problems
    [draft] = reading.drafts
    return draft


CHOICE = ASKED.format(1, CHOICES)
REFUSED = {
    "no key": (item(CHOICE), "key-missing"),
    "a key that is not there": (item(CHOICE, "Z"), "key-missing"),
    "two questions": (item(CHOICE + CHOICE, "A"), "interactions"),
    "no question": (item("<p>Мәтін</p>", "A"), "interactions"),
    "another kind": (item("<hotspotInteraction responseIdentifier='R'/>", "A"), "kind"),
    "an answer typed as text": (
        item("<p>Қала? <textEntryInteraction responseIdentifier='R'/></p>", "Астана", kind="string"),
        "short-answer",
    ),
    "an order that misses one": (
        item(
            f"<orderInteraction responseIdentifier='R'>{CHOICES}</orderInteraction>",
            "A",
            cardinality="ordered",
        ),
        "key",
    ),
    "a test alone": ("<assessmentTest xmlns='http://www.imsglobal.org/xsd/imsqti_v2p1'/>", "test"),
}


@pytest.mark.parametrize(("text", "check"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_ours_is_one_problem(text, check):
    reading = read(text)
    assert reading.drafts == ()
    assert [(each.check, each.place) for each in reading.problems] == [(check, "f.xml:1")]


@pytest.mark.parametrize(
    ("space", "form"), [("imsqti_v2p1", "qti21"), ("imsqti_v2p2", "qti22"), ("other", "qti21")]
)
def test_a_choice_of_either_version(space, form):
    found, reading = read_content(item(f"<p>Суретке қара.</p>{CHOICE}", "A", space=space).encode(), "f.xml")
    [draft] = reading.drafts
    assert (found, draft.kind, draft.name, draft.right) == (form, Kind.SINGLE, "Аты", (0,))
    assert draft.stem.kk == "Суретке қара.\n\nКім?"
    assert [(each.text.kk, each.fixed) for each in draft.options] == [("Ол", False), ("Мен", True)]


def test_a_choice_of_version_3():
    text = (
        "<qti-assessment-item xmlns='http://www.imsglobal.org/xsd/imsqtiasi_v3p0' identifier='i' title='т'>"
        "<qti-response-declaration identifier='R' cardinality='multiple' base-type='identifier'>"
        "<qti-correct-response><qti-value>A</qti-value><qti-value>B</qti-value></qti-correct-response>"
        "</qti-response-declaration><qti-item-body>"
        "<qti-choice-interaction response-identifier='R' max-choices='0'>"
        "<qti-prompt>Қайсылары?</qti-prompt><qti-simple-choice identifier='A'>а</qti-simple-choice>"
        "<qti-simple-choice identifier='B'>ә</qti-simple-choice></qti-choice-interaction></qti-item-body>"
        "</qti-assessment-item>"
    )
    form, reading = read_content(text.encode(), "f.xml")
    assert form == "qti30"
    assert (reading.drafts[0].kind, reading.drafts[0].right) == (Kind.MULTIPLE, (0, 1))


def test_an_order_stands_in_its_right_order():
    body = f"<orderInteraction responseIdentifier='R'><prompt>Ретімен</prompt>{CHOICES}</orderInteraction>"
    draft = only(item(body, "B", "A", cardinality="ordered"))
    assert (draft.kind, [each.text.kk + each.text.ru for each in draft.options]) == (
        Kind.ORDERING,
        ["Мен", "Ол"],
    )


def test_pairs_stand_beside_each_other():
    sides = [
        "".join(
            f"<simpleAssociableChoice identifier='{name}'>{said}</simpleAssociableChoice>"
            for name, said in side
        )
        for side in ((("L1", "қала"), ("L2", "өзен")), (("R1", "Ертіс"), ("R2", "Астана"), ("R3", "Алатау")))
    ]
    sets = "".join(f"<simpleMatchSet>{side}</simpleMatchSet>" for side in sides)
    body = f"<matchInteraction responseIdentifier='R'><prompt>Сәйкестендір</prompt>{sets}</matchInteraction>"
    draft = only(item(body, "L1 R2", "L2 R1", cardinality="multiple", kind="directedPair"))
    assert [left.kk for left in draft.lefts] == ["қала", "өзен"]
    assert [each.text.kk for each in draft.options] == ["Астана", "Ертіс", "Алатау"]


def test_a_number_with_a_gap_in_its_sentence():
    body = "<p>Мерзімі <textEntryInteraction responseIdentifier='R'/> тәулік.</p>"
    rules = (
        "<responseProcessing><responseCondition><responseIf><equal toleranceMode='absolute' tolerance='1 1'/>"
        "</responseIf></responseCondition></responseProcessing>"
    )
    draft = only(item(body, "10", kind="integer", more=rules))
    assert (draft.stem.kk, draft.answer, draft.tolerance) == (
        "Мерзімі _____ тәулік.",
        Decimal(10),
        Decimal(1),
    )


def test_both_languages_are_taken_apart():
    asked = CHOICE.replace("Кім?", "<span xml:lang='kk'>Кім?</span><span xml:lang='ru'>Кто?</span>")
    assert only(item(asked, "A")).stem == Text("Кім?", "Кто?")


@pytest.mark.parametrize(
    ("more", "check"),
    [
        ("<responseProcessing><setOutcomeValue identifier='SCORE'/></responseProcessing>", "processing"),
        ("<templateDeclaration identifier='T'/>", "element"),
        ("<stylesheet href='http://127.0.0.1/x.css'/>", "element"),
    ],
)
def test_what_the_bank_has_no_room_for_is_noted(more, check):
    reading = read(item(CHOICE, "A", more=more))
    assert len(reading.drafts) == 1
    assert [each.check for each in reading.notes] == [check]


@pytest.mark.parametrize(
    "beside",
    [
        "<rubricBlock view='candidate'><p>Оқыңыз</p></rubricBlock>",
        "<feedbackBlock outcomeIdentifier='F' identifier='A' showHide='show'>Ол дұрыс</feedbackBlock>",
        "<p><printedVariable identifier='T'/></p>",
        "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/hostname'/>",
    ],
    ids=["rubric", "feedback", "variable", "inclusion"],
)
def test_what_stands_beside_the_question_is_noted_and_not_shown(beside):
    reading = read(item(beside + CHOICE, "A"))
    assert [draft.stem for draft in reading.drafts] == [Text("Кім?", "")]
    assert [each.check for each in reading.notes] == ["element"]


def test_what_an_option_says_when_chosen_is_kept_without_a_note():
    said = CHOICE.replace(
        "Мен", "Мен<feedbackInline outcomeIdentifier='F' identifier='B'>Жоқ</feedbackInline>"
    )
    reading = read(item(said, "A"))
    assert [each.feedback for each in reading.drafts[0].options] == [NOTHING, Text("Жоқ", "")]
    assert not reading.notes


def test_a_package_gives_its_items_and_says_what_else_it_holds():
    manifest = (
        "<manifest><resources><resource type='imsqti_item_xmlv2p1' href='./q/a%20b.xml'/>\n"
        "<resource type='imsqti_test_xmlv2p1' href='t.xml'/>\n"
        "<resource type='imsqti_item_xmlv2p1' href='no.xml'/></resources></manifest>"
    )
    entries = {"imsmanifest.xml": manifest.encode(), "q/a b.xml": item(CHOICE, "A").encode()}
    form, reading = read_package(entries, "p.zip")
    assert form == "qti21"
    assert [draft.place for draft in reading.drafts] == ["p.zip/q/a b.xml:1"]
    assert [(each.check, each.place) for each in reading.problems] == [("href", "p.zip/imsmanifest.xml:3")]
    assert [each.check for each in reading.notes] == ["test"]


def test_a_package_in_a_folder_is_read_and_an_item_that_no_resource_names_is_noted():
    manifest = (
        "<manifest><resources><resource type='imsqti_item_xmlv2p1' href='a.xml'/></resources></manifest>"
    )
    asked = item(CHOICE, "A").encode()
    entries = {"тест/imsmanifest.xml": manifest.encode(), "тест/a.xml": asked, "тест/b.xml": asked}
    assert format_of_entries(set(entries)) == "package"
    _, reading = read_package(entries, "p.zip")
    assert [draft.place for draft in reading.drafts] == ["p.zip/тест/a.xml:1"]
    assert [(each.check, each.place) for each in reading.notes] == [("unlisted", "p.zip/тест/b.xml")]
    assert not reading.problems


@pytest.mark.parametrize("entries", [{}, {"imsmanifest.xml": b"<manifest/>"}, {"imsmanifest.xml": b"<m"}])
def test_a_package_without_questions_says_so(entries):
    _, reading = read_package(entries, "p.zip")
    assert not reading.drafts
    assert len(reading.problems) == 1
