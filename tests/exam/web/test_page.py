"""The judge of pages is judged: a good page passes, each planted fault is named."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask, Response, request

from tests.exam.web.page import KEY_CANARY, Page, faults

GOOD = """<!doctype html>
<html lang="kk">
<head><title>Қызметкерлер – Synaq</title><link rel="stylesheet" href="/static/css/site.css">
<script type="module" src="/static/js/main.js"></script></head>
<body>
  <ul><li><a href="/language/en" lang="en">English</a></li></ul>
  <h1>Қызметкерлер</h1>
  <h2>Тізім</h2><h3>Іздеу</h3><h2>Жүктеу</h2>
  <p>Тізім XLSX файлынан оқылады: <code>synaq people import FILE</code></p>
  <img src="/static/img/mark.svg" alt="">
  <form method="post">
    <input type="hidden" name="csrf_token" value="t">
    <label for="name">Тегі</label><input id="name" aria-describedby="hint"><p id="hint">Мысалы: Оспанов</p>
    <label>Ескерту <textarea></textarea></label>
    <select aria-label="Бөлімше"><option>Барлығы</option></select>
    <button>Сақтау</button>
  </form>
  <form method="get"><label for="q">Іздеу</label><input id="q"></form>
  <table><caption>Қызметкерлер</caption><tr><th scope="col">Балл</th></tr><tr><td>41</td></tr></table>
  <a href="/x"><svg aria-label="Келесі"></svg></a>
</body></html>
"""

PLANTED = {
    "no heading": ("<h1>Қызметкерлер</h1>", "", "exactly one h1"),
    "two headings": ("<h2>Тізім</h2>", "<h1>Тізім</h1>", "exactly one h1"),
    "empty heading": ("<h1>Қызметкерлер</h1>", "<h1> </h1>", "exactly one h1"),
    "another title": ("<title>Қызметкерлер", "<title>Комиссия", "title begins with the heading"),
    "no title": ("<title>Қызметкерлер – Synaq</title>", "", "title begins with the heading"),
    "another language": ('<html lang="kk">', '<html lang="ru">', "lang='ru'"),
    "no language": ('<html lang="kk">', "<html>", "lang=''"),
    "skipped level": ("<h3>Іздеу</h3>", "<h4>Іздеу</h4>", "skips a level"),
    "input without label": ('<label for="name">Тегі</label>', "", "no label"),
    "empty label": ('<label for="name">Тегі</label>', '<label for="name"></label>', "no label"),
    "textarea without label": (
        "<label>Ескерту <textarea></textarea></label>",
        "<textarea></textarea>",
        "no label",
    ),
    "select without label": (' aria-label="Бөлімше"', "", "no label"),
    "hint that is nowhere": ('id="hint"', "", "points to 'hint'"),
    "label for nobody": ('<label for="q">', '<label for="p">', "points to 'p'"),
    "inline script": ("</body>", "<script>go()</script></body>", "inline code or style"),
    "inline style sheet": ("</head>", "<style>p{}</style></head>", "inline code or style"),
    "style attribute": ("<p>", '<p style="color:red">', "inline code or style: style"),
    "event attribute": ("<p>", '<p onclick="go()">', "inline code or style: onclick"),
    "script address": ('href="/x"', 'href="JavaScript:go()"', "inline code or style: href"),
    "script from another host": ('src="/static/js', 'src="https://example.org/js', "another host"),
    "style from another host": ('href="/static/css', 'href="//example.org/css', "another host"),
    "picture without alt": (' alt=""', "", "no alt"),
    "table without caption": ("<caption>Қызметкерлер</caption>", "", "no caption"),
    "table with empty caption": ("<caption>Қызметкерлер</caption>", "<caption></caption>", "no caption"),
    "head without scope": (' scope="col"', "", "scope"),
    "table without head": ('<th scope="col">Балл</th>', "<td>Балл</td>", "scope"),
    "empty button": ("<button>Сақтау</button>", "<button> </button>", "says nothing"),
    "empty link": (' aria-label="Келесі"', "", "says nothing"),
    "one name twice": ('<input id="q">', '<input id="q"><p id="q"></p>', "two elements are called 'q'"),
    "form without token": ('<input type="hidden" name="csrf_token" value="t">', "", "no csrf_token"),
    "form with empty token": ('name="csrf_token" value="t"', 'name="csrf_token" value=""', "no csrf_token"),
    "English words": ("Тізім XLSX", "Please choose a file", "English is left"),
    "English spoken": ('aria-label="Бөлімше"', 'aria-label="Search"', "English is left"),
    "a Latin letter": ("Тізім XLSX", "Тiзім XLSX", "Latin and Cyrillic letters in one word: 'Тiзім'"),
}


def open_page(body: str, *, status: int = 200, mimetype: str = "text/html", **headers: str) -> BeautifulSoup:
    app = Flask(__name__)
    app.add_url_rule("/", "it", lambda: Response(body, status, headers, mimetype=mimetype))
    return Page(app.test_client()).get("/")


@pytest.mark.parametrize(("good", "bad", "words"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_named(good: str, bad: str, words: str) -> None:
    assert good in GOOD
    with pytest.raises(AssertionError, match="GET /") as refusal:
        open_page(GOOD.replace(good, bad))
    assert words in str(refusal.value)


def test_another_status_is_a_fault() -> None:
    with pytest.raises(AssertionError, match="404"):
        open_page(GOOD, status=404)


def test_a_key_in_the_body_is_a_fault_of_any_kind_of_answer() -> None:
    with pytest.raises(AssertionError, match="in the body"):
        open_page(f'{{"key": "{KEY_CANARY}"}}', mimetype="application/json")


def test_a_key_in_a_header_is_a_fault() -> None:
    with pytest.raises(AssertionError, match="in the header ETag"):
        open_page(GOOD, ETag=KEY_CANARY)


def test_all_faults_are_named_at_once() -> None:
    page = BeautifulSoup(GOOD.replace(' alt=""', "").replace(' scope="col"', ""), "html.parser")
    assert len(faults(page, "kk")) == 2


def test_a_good_page_is_handed_over() -> None:
    assert open_page(GOOD).select_one("h1").text == "Қызметкерлер"


def test_english_may_stand_on_an_english_page() -> None:
    english = GOOD.replace('<html lang="kk">', '<html lang="en">').replace(
        "Тізім XLSX", "Please choose a file"
    )
    assert faults(BeautifulSoup(english, "html.parser"), "en") == []


def test_an_error_page_is_judged_too() -> None:
    app = Flask(__name__)
    app.add_url_rule("/", "it", lambda: ("<html lang='kk'><title>x</title>", 409))
    with pytest.raises(AssertionError, match="exactly one h1"):
        Page(app.test_client()).get("/", status=409)


def test_a_form_is_sent_with_the_token_of_the_page() -> None:
    sent: dict[str, str] = {}

    def receive() -> Response:
        sent.update(request.form)
        return Response(status=302)

    app = Flask(__name__)
    app.add_url_rule("/", "it", lambda: GOOD)
    app.add_url_rule("/", "send", receive, methods=["POST"])
    page = Page(app.test_client())
    page.get("/")
    page.post("/", {"name": "Оспанов"})
    assert sent == {"csrf_token": "t", "name": "Оспанов"}
