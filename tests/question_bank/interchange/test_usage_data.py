"""Usage data: what is no number is left out, markup stays text, every figure names its item and use."""

from defusedxml.ElementTree import fromstring

from question_bank.interchange.usage_data import GLOSSARY, NAMESPACE, ItemUsage, write_usage_data

Q = f"{{{NAMESPACE}}}"
USAGE = ItemUsage("L-<1>", 120, {"difficulty": 0.25, "itemRest": float("nan")}, {"A": 30, "B": 90})


def test_an_unknown_figure_is_left_out_and_markup_stays_text():
    root = fromstring(write_usage_data("urn:x", [USAGE]))
    assert [each.get("name") for each in root] == ["difficulty", "choices"]
    assert {each.find(f"{Q}targetObject").get("identifier") for each in root} == {"L-<1>"}


def test_every_figure_names_its_use_its_cases_and_its_value():
    root = fromstring(write_usage_data("urn:x", [USAGE]))
    assert (root.tag, root.get("glossary")) == (f"{Q}usageData", GLOSSARY)
    assert {(each.get("context"), each.get("caseCount")) for each in root} == {("urn:x", "120")}
    [value] = root.iter(f"{Q}value")
    assert (value.text, value.get("baseType")) == ("0.250000", "float")
    entries = [(each.get("mapKey"), each.get("mappedValue")) for each in root.iter(f"{Q}mapEntry")]
    assert entries == [("A", "30"), ("B", "90")]


def test_without_items_it_is_a_document_all_the_same():
    assert len(fromstring(write_usage_data("urn:x", []))) == 0
