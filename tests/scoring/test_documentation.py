"""Every public function says what it takes, what it gives, in which shape, and when it refuses."""

import ast
import inspect

import pytest

import scoring

FUNCTIONS = [name for name in scoring.__all__ if inspect.isfunction(getattr(scoring, name))]


def takes(name):
    return [p for p in inspect.signature(getattr(scoring, name)).parameters if p not in ("self", "cls")]


def raises(name):
    """Whether the function itself raises an error of the room."""
    function = inspect.unwrap(getattr(scoring, name))
    tree = ast.parse(inspect.getsource(function).lstrip())
    return any(isinstance(node, ast.Raise) and node.exc is not None for node in ast.walk(tree))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_says_what_it_takes_and_gives(name):
    told = inspect.getdoc(getattr(scoring, name)) or ""
    for section in ("Parameters", "Returns"):
        assert f"{section}\n{'-' * len(section)}" in told, section


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_names_every_parameter(name):
    told = inspect.getdoc(getattr(scoring, name)) or ""
    section = told.split("Parameters\n----------\n")[-1].split("\n-------")[0]
    named = {
        word.strip().lstrip("*")
        for line in section.splitlines()
        if line[:1].strip()
        for word in line.split(":")[0].split(",")
    }
    assert not [parameter for parameter in takes(name) if parameter not in named]


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if raises(name)])
def test_a_function_that_refuses_says_when(name):
    assert "Raises\n------" in (inspect.getdoc(getattr(scoring, name)) or "")
