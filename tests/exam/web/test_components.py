"""Components as a page shows them: the words they say, the addresses they lead to, what stays shut."""

import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from flask import Flask, flash, render_template_string
from flask_babel import Babel, force_locale
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from wtforms import BooleanField, Form, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired

from exam.web.languages import decimal, moment

Render = Callable[..., BeautifulSoup]


class Sheet(Form):
    """One field of each kind."""

    name = StringField("Name", [DataRequired("Write the name.")], description="As in the passport")
    unit = SelectField("Unit", choices=[SelectChoice("a", "Almaty")])
    agreed = BooleanField("Agreed")
    language = RadioField(
        "Test language", choices=[SelectChoice("kk", "Kazakh"), SelectChoice("ru", "Russian")]
    )


@pytest.fixture
def app() -> Flask:
    app = Flask("exam")
    app.config |= {"SECRET_KEY": "test", "BOOTSTRAP_SERVE_LOCAL": True}
    app.jinja_env.filters |= {"decimal": decimal, "moment": moment}
    Babel(app, default_locale="en")
    Bootstrap5(app)
    CSRFProtect(app)
    app.add_url_rule("/officers/<int:unit>", "officers", lambda unit: "")
    return app


@pytest.fixture
def render(app: Flask) -> Iterator[Render]:
    def rendered(component: str, body: str, **context: object) -> BeautifulSoup:
        names = ", ".join(re.findall(r"(?:call\([a-z]+\) |call |\{ )([a-z_]+)\(", body))
        return BeautifulSoup(
            render_template_string(
                f'{{% from "components/{component}.html" import {names} %}}{body}', **context
            ),
            "html.parser",
        )

    with app.test_request_context("/officers/7?q=Osp&sort=name&page=3"):
        yield rendered


def said(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ").split())


def test_an_unknown_state_is_not_drawn_as_a_known_one(render: Render) -> None:
    with pytest.raises(ValueError, match="unpack"):
        render("chip", '{{ chip("sparkling") }}')


def test_a_state_is_a_word_beside_a_silent_picture(render: Render) -> None:
    chip = render("chip", '{{ chip("failed") }}').select_one(".chip.tone--failed")
    assert said(chip) == "not passed"
    assert chip.svg["aria-hidden"] == "true"


def test_a_refused_field_tells_its_hint_and_its_error_to_a_reader(render: Render) -> None:
    form = Sheet()
    form.validate()
    page = render("field", "{{ field(form.name) }}", form=form)
    told = [said(page.find(id=name)) for name in page.input["aria-describedby"].split()]
    assert told == ["As in the passport", "Write the name."]
    assert page.input["aria-invalid"] == "true"


def test_a_field_that_may_stay_empty_says_so(render: Render) -> None:
    page = render("field", "{{ field(form.unit) }}", form=Sheet())
    assert said(page.label) == "Unit (optional)"
    assert page.select_one("select.form-select")["aria-invalid"] == "false"


def test_a_check_box_stands_before_its_label(render: Render) -> None:
    page = render("field", "{{ field(form.agreed) }}", form=Sheet())
    assert page.label["for"] == page.input["id"]
    assert page.input["type"] == "checkbox"


def test_radio_buttons_are_one_question(render: Render) -> None:
    page = render("field", "{{ choices(form.language) }}", form=Sheet())
    assert said(page.fieldset.legend) == "Test language"
    assert [said(label) for label in page.select("label")] == ["Kazakh", "Russian"]


def test_the_summary_of_errors_leads_to_each_field(render: Render) -> None:
    form = Sheet(language="kk")
    form.validate()
    form.form_errors.append("The register is closed.")
    page = render("error_summary", "{{ error_summary(form) }}", form=form)
    assert {link["href"] for link in page.select("a")} >= {"#name"}
    assert "The register is closed." in said(page)


def test_a_form_without_errors_has_no_summary(render: Render) -> None:
    assert said(render("error_summary", "{{ error_summary(form) }}", form=Sheet())) == ""


TABLE = """{% call(row) data_table("Officers", columns, rows, empty="Import the staff list.") %}
<th scope="row">{{ row }}</th><td class="number">41</td>{% endcall %}"""
COLUMNS = [{"title": "Name", "sort": "name"}, {"title": "Score", "sort": "score", "number": True}]


def test_an_empty_table_says_what_to_do_next(render: Render) -> None:
    page = render("table", TABLE, columns=COLUMNS, rows=[])
    assert said(page.tbody) == "Import the staff list."
    assert page.tbody.td["colspan"] == "2"


def test_a_column_sorts_and_then_turns_round_keeping_the_filter(render: Render) -> None:
    page = render("table", TABLE, columns=COLUMNS, rows=["Ospanov"])
    links = [link["href"] for link in page.select("thead a")]
    assert links == ["/officers/7?q=Osp&sort=-name", "/officers/7?q=Osp&sort=score"]
    assert [head.get("aria-sort") for head in page.select("thead th")] == ["ascending", None]


def test_the_pager_leads_to_the_neighbours_only(render: Render) -> None:
    last = SimpleNamespace(number=3, pages=3, total=10000, first=9751, last=10000)
    page = render("table", "{{ pager(page) }}", page=last)
    assert [link["href"] for link in page.select("a")] == ["/officers/7?q=Osp&sort=name&page=2"]


def test_the_filter_keeps_the_order_and_goes_back_to_the_first_page(render: Render) -> None:
    page = render("table", "{% call filter_bar() %}x{% endcall %}")
    kept = {field["name"]: field["value"] for field in page.select("input[type=hidden]")}
    assert kept == {"sort": "name"}
    assert page.select_one("a")["href"] == "/officers/7"


def test_a_shut_decision_says_so_in_words(render: Render) -> None:
    decisions = [(2, "fits the post", False), (3, "demotion", True)]
    page = render("ribbon", "{{ ribbon(decisions, ['Test: 27 of 36'], 'Rule 18') }}", decisions=decisions)
    assert [said(entry) for entry in page.select("ol > li")] == [
        "2 – not available fits the post",
        "3 – open demotion",
    ]
    assert said(page.h2) == "The choice of decisions is restricted"
    assert "Test: 27 of 36" in said(page)


@pytest.mark.parametrize(
    ("score", "sem", "low", "high"), [(1, 3, "0.00%", "10.00%"), (39, 3, "90.00%", "100.00%")]
)
def test_an_interval_stays_on_the_scale(render: Render, score: int, sem: int, low: str, high: str) -> None:
    page = render("score_bar", "{{ score_bar(score, 40, 20, true, sem) }}", score=score, sem=sem)
    line = page.select_one(".score-bar__interval line")
    assert (line["x1"], line["x2"]) == (low, high)


def test_the_words_under_a_bar_say_what_the_bar_shows(render: Render) -> None:
    page = render("score_bar", "{{ score_bar(27, 60, 36, false, 3.2) }}")
    assert said(page.p) == "Score 27 of 60; threshold 36; standard error ± 3.2"
    assert page.select_one(".tone--failed .score-bar__fill")["width"] == "45.00%"
    assert page.select_one(".score-bar__threshold")["x1"] == "60.00%"


def test_a_bar_without_an_error_draws_no_interval(render: Render) -> None:
    page = render("score_bar", "{{ score_bar(27, 60, 36, false) }}")
    assert not page.select(".score-bar__interval")


def test_the_present_stage_is_marked(render: Render) -> None:
    stages = [("Preparation", "done", False), ("Norms", "running", True)]
    page = render("stepper", "{{ stepper(stages) }}", stages=stages)
    assert [said(step) for step in page.select("[aria-current=step]")] == ["2. Norms in progress"]


def test_a_grave_act_is_named_before_it_is_done(render: Render) -> None:
    page = render("confirm", "{% call confirm('Close', '/close', danger=true) %}24 answers end.{% endcall %}")
    assert page.details.get("open") is None
    assert page.form["action"] == "/close"
    assert page.select_one("input[name=csrf_token]")["value"]
    assert "24 answers end." in said(page.form)


def test_an_unknown_value_is_a_dash(render: Render) -> None:
    page = render("facts", "{{ facts([('Rank', none), ('Score', 0)]) }}")
    assert [said(value) for value in page.select("dd")] == ["–", "0"]


def test_what_someone_wrote_is_shown_as_text(render: Render) -> None:
    flash("<b>bold</b>", "danger")
    page = render("flashes", "{{ flashes() }}")
    assert not page.select("b")
    assert page.select_one("[role=alert]").get_text(strip=True) == "<b>bold</b>"


def test_the_clock_shows_minutes_without_script(render: Render) -> None:
    page = render("clock", "{{ clock(3125) }}")
    assert page.select_one("[data-seconds='3125'] [data-face]").text == "52:05"


@pytest.mark.parametrize(
    ("language", "value", "places", "written"),
    [
        ("ru", -0.5, 2, "−0,50"),
        ("kk", 1234, 0, "1234"),
        ("kk", 10766, 0, "10\N{NO-BREAK SPACE}766"),
        ("en", -10766.25, 1, "−10,766.2"),
        ("kk", None, 2, "–"),
        ("kk", float("nan"), 2, "–"),
    ],
)
def test_a_number_is_written_as_its_language_does(app, language, value, places, written) -> None:
    with app.test_request_context(), force_locale(language):
        assert decimal(value, places) == written
