"""The small Markdown that items are written in, as HTML that is safe to show.

Emphasis, lists, tables, code, and ~sub~ and ^super^script. Raw HTML is shown as the text it is; links and
images are not part of the subset, so an item cannot lead anywhere or load anything.
"""

import re
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

TAGS = {
    *("p", "br", "em", "strong", "code", "sub", "sup", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
RULES = ["emphasis", "list", "table", "backticks", "newline", "escape", "entity"]
SCRIPT = re.compile(r"([~^])([^\s~^]{1,40})\1")
SCRIPT_TAGS = {"~": "sub", "^": "sup"}


def to_html(text: str) -> str:
    """Return a block of item text, such as a stem, as HTML."""
    return nh3.clean(str(_parser().render(text)), tags=TAGS, attributes={})


def to_inline_html(text: str) -> str:
    """Return a line of item text, such as an option, as HTML without paragraphs."""
    return nh3.clean(str(_parser().renderInline(text)), tags=TAGS, attributes={})


def to_tree(text: str) -> dict[str, Any]:
    """Return a block of item text as a tree, for a printer that has no HTML.

    A node has ``is``, the name of its HTML tag, and either ``text`` or ``of``, the nodes inside it.
    """
    return _branch(SyntaxTreeNode(_parser().parse(text)))


def _branch(node: SyntaxTreeNode) -> dict[str, Any]:
    if node.type in {"text", "code_inline"}:
        return {"is": "code" if node.type == "code_inline" else "text", "text": node.content}
    if node.type in {"softbreak", "hardbreak"}:
        return {"is": "br" if node.type == "hardbreak" else "text", "text": " "}
    tag = node.tag if node.type not in {"root", "inline"} else ""
    return {"is": tag or "all", "of": [_branch(child) for child in node.children]}


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "maxNesting": 12}).enable(RULES)
    parser.inline.ruler.before("emphasis", "script", _read_script)
    return parser


def _read_script(state: StateInline, silent: bool) -> bool:
    """Read ``~2~`` or ``^2^`` at the parser's place."""
    found = SCRIPT.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        tag = SCRIPT_TAGS[found[1]]
        state.push("script_open", tag, 1)
        state.push("text", "", 0).content = found[2]
        state.push("script_close", tag, -1)
    state.pos = found.end()
    return True
