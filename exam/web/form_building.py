"""The form builder: a blueprint, what the bank has for it, forms to look at, and only then to keep."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from flask import Blueprint as Pages
from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from exam.clock import stopwatch
from exam.errors import RefusedError
from exam.rules.roles import Role
from exam.services.bank import form_building, form_keeping, forms_of_test
from exam.services.bank.form_building import DIMENSIONS, Plan, Stock, Trial
from exam.services.campaign import campaigns
from exam.services.campaign.thresholds import cut_of
from exam.services.local_days import day_of
from exam.web import access, plots_bank
from exam.web.access import allow
from exam.web.bank_naming import value_text
from exam.web.forms.forms_of_test import BuildForm, QuotaFields, build_form
from exam.web.plots import Plot
from exam.web.wording import refusal_text
from question_bank.blueprint import Blueprint, Supply
from question_bank.characteristic_curves import Curves, curves_of
from question_bank.equivalence import Certificate
from question_bank.relaxations import Relaxation

bp = Pages("building", __name__, url_prefix="/build")


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """A quota as the page asks for it, with what the bank has and, once it is asked, what is needed."""

    fields: QuotaFields
    words: str
    available: int
    supply: Supply | None


@dataclass(frozen=True, slots=True)
class FormRow:
    """An assembled form in the table behind the picture; difference and information are at the threshold."""

    number: int
    expected_score: float
    difference: float | None
    information: float | None
    words: tuple[int, int]
    digest: str


@dataclass(frozen=True, slots=True)
class Result:
    """What an assembly shows: its forms, the two certificates, and the picture of their likeness."""

    trial: Trial
    forms: tuple[FormRow, ...]
    made: Certificate
    drawn: Certificate | None
    plot: Plot
    cut: int | None
    parcel: str


@bp.get("/<campaign>/<blueprint>")
@allow(Role.PSYCHOMETRICIAN)
def build(campaign: str, blueprint: str) -> str | tuple[str, int]:
    session = access.session()
    of = campaigns.find_campaign(session, campaign)
    base = forms_of_test.blueprints_of(session, of).get(blueprint)
    if base is None:
        access.not_found()
    today = day_of(access.now())
    stock = form_building.stock_of(session, base.part, today)
    asked = request.args if "act" in request.args else MultiDict[str, str]()
    form = build_form(base, _quotas(base, stock), day=today, asked=asked)
    if not asked:
        return _shown(form, stock, base=base, campaign=of.code)
    if not form.validate():
        return _shown(form, stock, base=base, campaign=of.code), 400
    plan = Plan(of.code, form.blueprint_from(base), form.count.data, form.seed.data, form.day.data)
    stock = form_building.stock_of(session, base.part, plan.day)
    tried = _tried(plan) if request.args.get("act") == "assemble" else {}
    supplies = form_building.what_is_there(session, plan)
    return _shown(form, stock, supplies, base=base, campaign=of.code, **tried)


def _tried(plan: Plan) -> dict[str, object]:
    try:
        return {"result": _result(form_building.try_forms(access.session(), plan, elapsed=stopwatch()))}
    except RefusedError as refusal:
        return {"refusal": refusal, "why": refusal_text(refusal)}


def _shown(form: BuildForm, stock: Stock, supplies: Sequence[Supply] = (), **page: object) -> str:
    rows = list(_rows(form.rows, stock, supplies))
    return render_template(
        "forms_of_test/build.html",
        form=form,
        stock=stock,
        supplies=supplies,
        short=[each for each in supplies if each.short],
        groups={name: [row for row in rows if row.fields.dimension == name] for name in DIMENSIONS},
        **page,
    )


def _quotas(base: Blueprint, stock: Stock) -> Iterator[tuple[str, str, str]]:
    """Every quota that may be set: what the bank has, and what the blueprint asks for."""
    known = dict.fromkeys([*stock.by_value, *((each.dimension, each.value) for each in base.quotas)])
    for dimension in DIMENSIONS:
        for each, value in known:
            if each == dimension:
                yield dimension, value, value_text(dimension, value)


def _rows(fields: Iterable[QuotaFields], stock: Stock, supplies: Sequence[Supply]) -> Iterator[QuotaRow]:
    by_name = {supply.what: supply for supply in supplies}
    for each in fields:
        yield QuotaRow(
            each,
            value_text(each.dimension, each.value),
            stock.by_value.get((each.dimension, each.value), 0),
            by_name.get(f"{each.dimension} {each.value}"),
        )


def _result(trial: Trial) -> Result:
    plan, forms = trial.plan, trial.assembly.forms
    cut = cut_of(access.session(), plan.campaign, plan.blueprint, plan.day)
    curves = curves_of(forms, trial.figures)
    drawn = curves_of(trial.drawn, trial.figures) if trial.drawn else None
    tolerance = float(plan.blueprint.likeness.score_tolerance)
    secret = current_app.extensions["synaq"].secret_key
    return Result(
        trial=trial,
        forms=tuple(_form_rows(trial, curves, cut)),
        made=trial.assembly.certificate,
        drawn=trial.drawn_certificate,
        plot=plots_bank.likeness(curves, drawn, cut=cut, tolerance=tolerance),
        cut=cut,
        parcel=form_keeping.wrapped(trial, secret, by=access.actor()),
    )


def _form_rows(trial: Trial, curves: Curves, cut: int | None) -> Iterator[FormRow]:
    words = trial.assembly.certificate.words
    differences = curves.differences()
    for place, form in enumerate(trial.assembly.forms):
        at_cut = (
            None
            if cut is None
            else (curves.at(cut, differences[place]), curves.at(cut, curves.information[place]))
        )
        yield FormRow(
            number=place + 1,
            expected_score=float(form.expected_score),
            difference=at_cut and at_cut[0],
            information=at_cut and at_cut[1],
            words=words[place],
            digest=form.digest,
        )


@bp.post("/keep")
@allow(Role.PSYCHOMETRICIAN)
def keep() -> Response:
    kept = form_keeping.keep(
        access.session(),
        request.form.get("parcel", ""),
        secret=current_app.extensions["synaq"].secret_key,
        by=access.actor(),
        at=access.now(),
    )
    flash(
        ngettext(
            "%(num)d form is kept. Seal it before the day.",
            "%(num)d forms are kept. Seal them before the day.",
            kept.count,
        ),
        "success",
    )
    return current_app.make_response(redirect(url_for("forms_of_test.index", campaign=kept.campaign)))


@bp.app_template_filter("relaxed_by")
def relaxed_by(relaxation: Relaxation) -> str:
    """By how much a constraint would have to give, in its unit."""
    if relaxation.group == "information":
        return _("by %(share)s %%", share=plots_bank.number(_enough(100 * relaxation.by)))
    if relaxation.group == "score":
        return _("by %(points)s points", points=plots_bank.number(_enough(relaxation.by)))
    if relaxation.group == "enemies":
        return _("allowed together")
    if relaxation.group == "exposed":
        return ngettext("by %(num)d form", "by %(num)d forms", round(relaxation.by))
    return ngettext("by %(num)d question", "by %(num)d questions", round(relaxation.by))


def _enough(by: float) -> float:
    """Round up to two decimals: who gives so much gives enough."""
    return float(Decimal(f"{by:.6f}").quantize(Decimal("0.01"), ROUND_UP))
