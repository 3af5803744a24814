"""The form of the form builder: a blueprint to be changed, how many forms, for which day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask_babel import format_decimal, gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from exam.services.bank.form_building import DIMENSIONS, MOST_FORMS, edited
from exam.web.forms.campaign import NEEDED, OUT_OF_RANGE
from exam.web.forms.fields import DayField, NumberText, WholeNumberField
from question_bank.blueprint import MOST_MINUTES, MOST_QUESTIONS, NO_BOUND, Blueprint, Quota


class _Unguarded:
    csrf = False  # the form asks by address and changes nothing


class _Within:
    """Refuse a number below 0 or above `most`."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: FlaskForm, field: NumberText) -> None:
        if not 0 <= field.number <= self.most:
            raise ValidationError(str(OUT_OF_RANGE) % {"min": 0, "max": self.most})


class BuildForm(FlaskForm):
    """What is asked for; the fields of the quotas are added by `build_form`."""

    Meta = _Unguarded

    count = WholeNumberField(
        _("Parallel forms"), [InputRequired(NEEDED), NumberRange(1, MOST_FORMS, OUT_OF_RANGE)]
    )
    seed = WholeNumberField(
        _("Seed"),
        [InputRequired(NEEDED), NumberRange(0, 999_999, OUT_OF_RANGE)],
        description=_(
            "Any number. The same number gives the same forms until the bank or the use of its questions "
            "changes."
        ),
    )
    day = DayField(
        _("Day of the test"),
        [InputRequired(NEEDED)],
        description=_("Only questions whose law holds on this day are drawn."),
    )
    questions = WholeNumberField(
        _("Questions"), [InputRequired(NEEDED), NumberRange(1, MOST_QUESTIONS, OUT_OF_RANGE)]
    )
    minutes = WholeNumberField(
        _("Minutes"), [InputRequired(NEEDED), NumberRange(1, MOST_MINUTES, OUT_OF_RANGE)]
    )
    most_shared = WholeNumberField(
        _("Questions that two forms may share"), [Optional(), NumberRange(0, MOST_QUESTIONS, OUT_OF_RANGE)]
    )
    most_exposed = WholeNumberField(
        _("Forms that a question may be in"), [Optional(), NumberRange(1, MOST_FORMS, OUT_OF_RANGE)]
    )

    score_tolerance = NumberText(
        _("Points by which expected scores may differ"), [Optional(), Length(max=8), _Within(MOST_QUESTIONS)]
    )
    information_tolerance = NumberText(
        _("Per cent by which information may differ"),
        [Optional(), Length(max=8), _Within(100)],
        description=_("At the threshold, where one is in force."),
    )

    rows: Sequence["QuotaFields"] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse, besides, quotas that no bank could meet."""
        if not super().validate(extra_validators):
            return False
        for row in self.rows:
            least, most = row.bounds
            if least > most:
                row.most.errors = [*row.most.errors, gettext("At most is less than at least.")]
        for dimension in DIMENSIONS:
            least = sum(row.bounds[0] for row in self.rows if row.dimension == dimension)
            if least > self.questions.data:
                self.questions.errors = [
                    *self.questions.errors,
                    gettext("The quotas ask for %(least)s questions.", least=least),
                ]
        return not self.errors

    def blueprint_from(self, base: Blueprint) -> Blueprint:
        """The blueprint as it was changed, under a code of its own where it was."""
        shown = {(row.dimension, row.value) for row in self.rows}
        hidden = tuple(each for each in base.quotas if (each.dimension, each.value) not in shown)
        quotas = tuple(Quota(row.dimension, row.value, *row.bounds) for row in self.rows if row.is_set)
        likeness = replace(
            base.likeness, most_shared=self.most_shared.data, most_exposed=self.most_exposed.data
        )
        if self.score_tolerance.data:
            likeness = replace(likeness, score_tolerance=self.score_tolerance.number)
        if self.information_tolerance.data:
            likeness = replace(likeness, information_tolerance=self.information_tolerance.number / 100)
        changed = replace(
            base,
            questions=self.questions.data,
            minutes=self.minutes.data,
            quotas=(*quotas, *hidden),
            likeness=likeness,
        )
        return edited(base, changed)


@dataclass(frozen=True, slots=True)
class QuotaFields:
    """The two fields of a quota, with what it is about."""

    dimension: str
    value: str
    least: WholeNumberField
    most: WholeNumberField

    @property
    def is_set(self) -> bool:
        return self.least.data is not None or self.most.data is not None

    @property
    def bounds(self) -> tuple[int, int]:
        most = NO_BOUND if self.most.data is None else self.most.data
        return self.least.data or 0, most


def build_form(
    base: Blueprint,
    quotas: Iterable[tuple[str, str, str]],
    *,
    day: date,
    asked: MultiDict[str, str],
) -> BuildForm:
    """Make the form of a blueprint.

    Parameters
    ----------
    quotas
        Dimension, value and words of each quota that may be set.
    asked
        The address as it was asked; empty shows the blueprint as it is.
    """
    named = [(f"{dimension}.{value}", dimension, value, words) for dimension, value, words in quotas]
    fields: dict[str, Any] = {}
    for name, _dimension, _value, words in named:
        allowed = [Optional(), NumberRange(0, MOST_QUESTIONS, OUT_OF_RANGE)]
        fields[f"{name}.least"] = WholeNumberField(gettext("%(what)s: at least", what=words), allowed)
        fields[f"{name}.most"] = WholeNumberField(gettext("%(what)s: at most", what=words), allowed)
    form: BuildForm = type("EditedForm", (BuildForm,), fields)(
        formdata=asked or None, data=_as_it_is(base, day)
    )
    form.rows = [
        QuotaFields(dimension, value, form[f"{name}.least"], form[f"{name}.most"])
        for name, dimension, value, _words in named
    ]
    return form


def _as_it_is(base: Blueprint, day: date) -> dict[str, Any]:
    bounds = {f"{quota.dimension}.{quota.value}.least": quota.least for quota in base.quotas}
    bounds |= {
        f"{quota.dimension}.{quota.value}.most": quota.most for quota in base.quotas if quota.most < NO_BOUND
    }
    return {
        **bounds,
        "count": 2,
        "seed": 1,
        "day": day,
        "questions": base.questions,
        "minutes": base.minutes,
        "most_shared": base.likeness.most_shared,
        "most_exposed": base.likeness.most_exposed,
        "score_tolerance": format_decimal(base.likeness.score_tolerance, "0.####"),
        "information_tolerance": format_decimal(100 * base.likeness.information_tolerance, "0.####"),
    }
