"""What is written as plain JSON is read again as the same version."""

import json
from dataclasses import replace

import pytest

from question_bank.items import Text
from question_bank.plain import version_from_plain, version_to_plain
from tests.question_bank.builders import OF_EACH_KIND, single


def test_a_missing_field_is_refused():
    plain = version_to_plain(single())
    del plain["points"]
    with pytest.raises(KeyError):
        version_from_plain(plain)


@pytest.mark.parametrize(
    "version",
    [
        *OF_EACH_KIND,
        single(source=None, seed="7", certificate="x", image="matrix.png"),
        single(image="a.png", image_alt=Text("Төрт белгі", "Четыре знака")),
        replace(single(), options=(replace(single().options[0], fixed=True), *single().options[1:])),
    ],
)
def test_a_version_comes_back_from_json_as_it_was(version):
    assert version_from_plain(json.loads(json.dumps(version_to_plain(version)))) == version


def test_a_version_without_a_described_picture_keeps_the_digest_it_had():
    assert "image_alt" not in version_to_plain(single(image="matrix.png"))
