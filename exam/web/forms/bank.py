"""Forms of the bank."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from exam.services.bank.item_writing import AREA_OF_TOPIC, Writing, WrittenRow
from exam.web.forms.fields import DayField, NumberText
from question_bank.citations import citation_of
from question_bank.items import NOTHING, Kind, Part, Source, Text
from question_bank.legislation import Amendment

ROWS = 8
LONGEST_STEM, LONGEST_OPTION = 4000, 600
NEEDED = InputRequired(_("Fill this in."))
CODES = re.compile(r"[\s,;]+")


class MoveForm(FlaskForm):
    """Where an item goes, and why."""

    to = HiddenField()
    note = StringField(_("Note: why"), [Length(max=500)])


class AmendmentForm(FlaskForm):
    """What changes in an act, from which day, and by which act."""

    act = SelectField(_("Legal act that changes"), [NEEDED])
    in_force = DayField(_("In force from"), [NEEDED])
    repeals = BooleanField(_("The act is repealed"))
    articles = TextAreaField(_("Articles that change"), [Length(max=4000)])
    ground = StringField(_("Act that makes the change"), [NEEDED, Length(max=400)])

    @property
    def amendment(self) -> Amendment:
        """What is typed, as the question bank knows it."""
        lines = (" ".join(line.split()) for line in (self.articles.data or "").splitlines())
        return Amendment(
            act=self.act.data,
            in_force=self.in_force.data,
            articles=() if self.repeals.data else tuple(citation_of(line) for line in lines if line),
            repeals=self.repeals.data,
            ground=" ".join(self.ground.data.split()),
        )


class RowForm(Form):
    """An option in both languages; for pairs also its left side."""

    left_kk = StringField(_("Left side in Kazakh"), [Length(max=LONGEST_OPTION)])
    left_ru = StringField(_("Left side in Russian"), [Length(max=LONGEST_OPTION)])
    kk = StringField(_("Option in Kazakh"), [Length(max=LONGEST_OPTION)])
    ru = StringField(_("Option in Russian"), [Length(max=LONGEST_OPTION)])
    key = BooleanField(_("right"))
    fixed = BooleanField(_("keeps its place"))

    @property
    def written(self) -> WrittenRow:
        """The row as it is typed."""
        left = _text(self.left_kk, self.left_ru)
        return WrittenRow(_text(self.kk, self.ru), left, self.key.data, self.fixed.data)


class PictureForm(FlaskForm):
    """The picture of an item, sent before the item is saved."""

    picture = FileField(_("Picture"), [FileRequired(_("Choose a file."))])


class WritingForm(FlaskForm):
    """An item as its author types it, Kazakh and Russian side by side."""

    seen = IntegerField(default=0, widget=HiddenField.widget)
    part = HiddenField(default=Part.LEGISLATION.value)
    image = HiddenField(default="")
    topic = SelectField(_("Topic"), [NEEDED])
    level = SelectField(_("Level"), [NEEDED], coerce=int)
    kind = SelectField(_("Kind"), [NEEDED])
    fact = StringField(_("Number of the fact"), [Length(max=16)])
    grade = SelectField(_("Grade of the fact"))
    enemies = StringField(_("Never in one form with"), [Length(max=400)])
    stem_kk = TextAreaField(_("Question in Kazakh"), [NEEDED, Length(max=LONGEST_STEM)])
    stem_ru = TextAreaField(_("Question in Russian"), [Length(max=LONGEST_STEM)])
    picture = FileField(_("Picture"))
    without_picture = BooleanField(_("Without a picture"))
    image_alt_kk = TextAreaField(_("What the picture shows, in Kazakh"), [Length(max=LONGEST_OPTION)])
    image_alt_ru = TextAreaField(_("What the picture shows, in Russian"), [Length(max=LONGEST_OPTION)])
    rows = FieldList(FormField(RowForm), _("Options"), min_entries=ROWS, max_entries=3 * ROWS)
    answer = NumberText(_("Right number"))
    tolerance = NumberText(_("Tolerance"))
    unit_kk = StringField(_("Unit in Kazakh"), [Length(max=60)])
    unit_ru = StringField(_("Unit in Russian"), [Length(max=60)])
    rationale_kk = TextAreaField(_("Why the key is right, in Kazakh"), [Length(max=LONGEST_STEM)])
    rationale_ru = TextAreaField(_("Why the key is right, in Russian"), [Length(max=LONGEST_STEM)])
    act = SelectField(_("Legal act"))
    article_kk = StringField(_("Article in Kazakh"), [Length(max=120)])
    article_ru = StringField(_("Article in Russian"), [Length(max=120)])
    redaction = DayField(_("Redaction"))
    valid_from = DayField(_("Holds from"))
    valid_to = DayField(_("Holds until"))
    note = StringField(_("Note: why"), [Length(max=500)])

    def offer(self, **choices: Sequence[tuple[str, str]]) -> None:
        """Give the fields that choose what they choose from."""
        for name, pairs in choices.items():
            self[name].choices = [SelectChoice(value, label) for value, label in pairs]

    def show(self, writing: Writing) -> None:
        """Fill the form with an item as it stands."""
        source = writing.source
        flat = {
            "topic": writing.topic,
            "level": writing.level,
            "kind": writing.kind.value,
            "fact": writing.fact,
            "grade": writing.grade,
            "enemies": ", ".join(sorted(writing.enemies)),
            "answer": format(writing.answer, "f") if writing.kind is Kind.NUMERIC else "",
            "tolerance": format(writing.tolerance, "f") if writing.tolerance else "",
            "act": source.act if source else "",
        }
        if source:
            flat |= {name: getattr(source, name) for name in ("redaction", "valid_from", "valid_to")}
        both = {"stem": writing.stem, "unit": writing.unit, "rationale": writing.rationale}
        both["image_alt"] = writing.image_alt
        both["article"] = source.article if source else NOTHING
        for name, text in both.items():
            flat |= {f"{name}_kk": text.kk, f"{name}_ru": text.ru}
        for name, value in flat.items():
            if name in self:
                self[name].data = value
        self._show_rows(writing.rows)

    def _show_rows(self, rows: Sequence[WrittenRow]) -> None:
        while len(self.rows) < len(rows):
            self.rows.append_entry()
        for entry, row in zip(self.rows, rows, strict=False):
            shown = {"kk": row.text.kk, "ru": row.text.ru, "left_kk": row.left.kk, "left_ru": row.left.ru}
            for name, value in {**shown, "key": row.key, "fixed": row.fixed}.items():
                entry.form[name].data = value

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and word what is wrong with the options as one line."""
        sound = super().validate(extra_validators)
        if self.rows.errors:
            self.rows.errors = [_("An option is longer than %(most)s characters.") % {"most": LONGEST_OPTION}]
        if self.kind.data == Kind.NUMERIC and not self.answer.data and not self.answer.errors:
            self.answer.errors = [gettext("Enter a number like 12 or 12,5.")]
            sound = False
        return sound

    def writing(self, settled: Writing | None = None) -> Writing:
        """Return what is typed; the place in the bank stays as `settled` has it, where that is given."""
        topic = settled.topic if settled else self.topic.data or ""
        return Writing(
            area=settled.area if settled else AREA_OF_TOPIC.get(topic, topic),
            topic=topic,
            level=int(self.level.data or 1),
            kind=Kind(self.kind.data),
            stem=_text(self.stem_kk, self.stem_ru),
            rows=tuple(row for entry in self.rows if (row := entry.form.written) != WrittenRow(NOTHING)),
            answer=self.answer.number,
            tolerance=self.tolerance.number,
            unit=_text(self.unit_kk, self.unit_ru),
            rationale=_text(self.rationale_kk, self.rationale_ru),
            source=self._source(),
            fact=settled.fact if settled else (self.fact.data or "").strip(),
            grade=settled.grade if settled else self.grade.data or "",
            enemies=frozenset(filter(None, CODES.split(self.enemies.data or ""))),
            **self._pictured(),
        )

    def _pictured(self) -> dict[str, Any]:
        image = self.image.data or ""
        if "without_picture" not in self:
            return {"image": image}
        if self.without_picture.data or not image:
            return {}
        return {"image": image, "image_alt": _text(self.image_alt_kk, self.image_alt_ru)}

    def _source(self) -> Source | None:
        if "act" not in self or not self.act.data:
            return None
        return Source(
            act=self.act.data,
            article=_text(self.article_kk, self.article_ru),
            redaction=self.redaction.data,
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
        )


def _text(kk: StringField, ru: StringField) -> Text:
    return Text(_typed(kk), _typed(ru))


def _typed(field: StringField) -> str:
    return (field.data or "").replace("\r\n", "\n").strip()
