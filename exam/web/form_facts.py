"""From a form of a room to the data of its papers: worded in one language, the sheet of the room in both."""

from collections.abc import Mapping

from flask_babel import force_locale
from flask_babel import gettext as _

from exam.printing.form_papers import (
    AnswerLine,
    AnswersPaper,
    FormHead,
    FormInRoom,
    FormPaper,
    KeyLine,
    KeyPaper,
    QuestionOnPaper,
    QuestionsPaper,
    RoomPaper,
    SeatInRoom,
)
from exam.printing.papers import Both
from exam.rules.paper_fallback import PaperKind
from exam.services.invigilator.paper_room import PaperQuestion, PrintedForm, RoomForms
from exam.services.local_days import day_of
from exam.web.languages import day
from exam.web.paper_facts import both, class_mark, named
from exam.web.wordings.sitting import PARTS
from question_bank.items import ChosenKey, Kind, MatchKey, NumberKey, OrderKey
from question_bank.markdown import to_tree

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SIGN = "-"


def paper_of(printed: PrintedForm, kind: PaperKind, language: str) -> FormPaper:
    """The questions, the sheet for the answers or the key of a form, in one language."""
    with force_locale(language):
        head = _head(printed, language)
        if kind is PaperKind.QUESTIONS:
            questions = tuple(_question(each, language) for each in printed.questions)
            return QuestionsPaper(head, _rules(printed), questions)
        if kind is PaperKind.ANSWERS:
            lines = tuple(AnswerLine(each.number, _bubbles(each)) for each in printed.questions)
            return AnswersPaper(head, lines)
        return KeyPaper(head, tuple(_key(each) for each in printed.questions))


def _head(printed: PrintedForm, language: str) -> FormHead:
    form, room = printed.form, printed.room
    return FormHead(
        part=str(PARTS[form.part]),
        number=form.number,
        digest=form.digest,
        campaign=room.campaign.of(language),
        place=f"{room.place}, {room.room}",
        held_on=day(day_of(room.starts_at)),
        language=language,
        words=_words(),
        sample=form.sample,
        class_mark=class_mark(),
    )


def _words() -> Mapping[str, str]:
    return {
        "booklet": _("Test questions"),
        "answer_sheet": _("Answer sheet"),
        "key": _("Key"),
        "key_warning": _("For who marks the sheets. Never in the room while the test is taken."),
        "form": _("Form"),
        "page": _("page"),
        "digest": _("digest"),
        "whole_digest": _("Digest of the form (SHA-256), to be checked against the sheet of the room:"),
        "sample": _("Sample: the threshold and the blueprint are taken from a sample, not from an act."),
        "rules": _("How to take the test"),
        "name": _("Full name"),
        "iin": _("IIN"),
        "fill": _("Fill in one circle a line with a dark pen, or several where several answers are right."),
        "signature": _("Signature"),
        "date": _("Date and time"),
        "answer": _("Answer"),
        "points": _("Points"),
        "item": _("Item"),
        "marked_by": _("Marked by"),
    }


def _rules(printed: PrintedForm) -> tuple[str, ...]:
    return (
        _(
            "The paper has %(count)s questions. Answer on the answer sheet only.",
            count=len(printed.questions),
        ),
        _("Write your full name and your IIN on the answer sheet before you begin."),
        _("The time is announced by the invigilator. When it is over, lay down the pen."),
        _("Talk to nobody. Raise your hand if something is unclear or damaged."),
        _("Hand in the questions and the answer sheet; sign the sheet of the room."),
    )


def _question(question: PaperQuestion, language: str) -> QuestionOnPaper:
    seen = question.seen
    return QuestionOnPaper(
        number=question.number,
        stem=to_tree(seen.stem.in_language(language)),
        options=tuple(to_tree(option.text.in_language(language)) for option in seen.options),
        lefts=tuple(to_tree(left.in_language(language)) for left in seen.lefts),
        unit=to_tree(seen.unit.in_language(language)),
        hint=_hint(seen.kind),
        picture=tuple(question.png),
    )


def _hint(kind: Kind) -> str:
    match kind:
        case Kind.MULTIPLE:
            return _("Several answers may be right.")
        case Kind.ORDERING:
            return _("Write the letters in the right order.")
        case Kind.MATCHING:
            return _("Write the letter beside each number, for example 1B 2A.")
    return ""


def _bubbles(question: PaperQuestion) -> int:
    return len(question.seen.options) if question.seen.kind in (Kind.SINGLE, Kind.MULTIPLE) else 0


def _key(question: PaperQuestion) -> KeyLine:
    letters = {option.place: LETTERS[place] for place, option in enumerate(question.seen.options)}
    match question.version.key:
        case ChosenKey(options):
            answer = " ".join(sorted(letters[place] for place in options))
        case OrderKey(order):
            answer = " ".join(letters[place] for place in order)
        case MatchKey(places):
            answer = " ".join(f"{left}{letters[place]}" for left, place in enumerate(places, start=1))
        case NumberKey(value, tolerance):
            answer = f"{value:f}" + (f" ± {tolerance:f}" if tolerance else "")
    return KeyLine(question.number, answer, question.version.points, question.version.item)


def room_paper(room: RoomForms, invigilator: str) -> RoomPaper:
    """The sheet of a room, in both languages."""
    parts = tuple(dict.fromkeys(form.part for form in room.forms))
    return RoomPaper(
        campaign=named(room.campaign),
        place=room.place,
        room=room.room,
        held_on=day(day_of(room.starts_at)),
        schedule=both(
            lambda: _(
                "Schedule approved: %(name)s, %(post)s, %(order)s",
                name=room.approver,
                post=room.approver_post,
                order=room.order,
            )
        ),
        forms=tuple(FormInRoom(_part(form.part), form.number, form.digest) for form in room.forms),
        parts=tuple(_part(part) for part in parts),
        seats=tuple(
            SeatInRoom(
                seat.seat, seat.full_name, tuple(str(dict(seat.numbers).get(part, SIGN)) for part in parts)
            )
            for seat in room.seats
        ),
        invigilator=invigilator,
        sample=any(form.sample for form in room.forms),
        class_mark=class_mark(),
    )


def _part(part: str) -> Both:
    return both(lambda: PARTS[part])
