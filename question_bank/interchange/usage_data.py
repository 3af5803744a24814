"""Statistics of items as QTI usage data, for other banks that hold the same items.

Source
------
1EdTech, Question and Test Interoperability: Usage Data Information Model and XSD Binding 2.2 (2015).
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from question_bank.interchange.xml_writing import HEAD, element, lines

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_usagedata_v2p2"
GLOSSARY = "urn:synaq:item-statistics:1"
RESPONSE = "RESPONSE"


@dataclass(frozen=True, slots=True)
class ItemUsage:
    """What is known of an item from one use of it.

    Attributes
    ----------
    item : str
        Its code.
    cases : int
        Persons who were asked.
    figures : mapping of str to float
        By name, such as ``difficulty``; NaN is left out.
    choices : mapping of str to int
        How many chose each option, by the name of the option.
    """

    item: str
    cases: int
    figures: Mapping[str, float]
    choices: Mapping[str, int] = field(default_factory=dict)


def write_usage_data(context: str, items: Iterable[ItemUsage]) -> str:
    """Return statistics as a document of QTI usage data 2.2.

    Parameters
    ----------
    context : str
        A URI for the use: who was asked, and when.
    """
    told = [each for item in items for each in _statistics(context, item)]
    head = f'{HEAD}<usageData xmlns="{NAMESPACE}" glossary="{GLOSSARY}">'
    return f"{head}\n{lines(told)}</usageData>\n"


def _statistics(context: str, item: ItemUsage) -> list[str]:
    about = {"context": context, "caseCount": str(item.cases)}
    told = [
        element(
            "ordinaryStatistic",
            element("targetObject", identifier=item.item),
            element("value", f"{value:.6f}", baseType="float"),
            name=name,
            **about,
        )
        for name, value in item.figures.items()
        if math.isfinite(value)
    ]
    if item.choices:
        entries = (
            element("mapEntry", mapKey=option, mappedValue=str(count))
            for option, count in item.choices.items()
        )
        target = element("targetObject", identifier=item.item, partIdentifier=RESPONSE)
        mapping = element("mapping", *entries, defaultValue="0")
        told.append(element("categorizedStatistic", target, mapping, name="choices", **about))
    return told
