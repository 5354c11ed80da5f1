"""What is hidden leads to the same checksum as what is shown."""

import pytest

from governance.commitments import closed, commitment, masked, minutes_hash, paragraph_hash

SALT = "0123456789abcdef" * 2
CONTENT = {
    "head": {"body": "Provrådet"},
    "paragraphs": [
        {
            "number": 1,
            "fields": {
                "title": {"value": "Budget", "salt": SALT, "reason": ""},
                "names": {"value": ["A", "B"], "salt": SALT[::-1], "reason": "OSL 21:7"},
            },
        }
    ],
}


def test_a_commitment_is_known_only_with_its_salt() -> None:
    # sha256 of the salt's sixteen bytes and of "Budget" in its quotation marks.
    assert commitment(SALT, "Budget") == (
        "8793ba34677f394848444aa6de652e40deb8b3991efb5c6b6faf02fc0bcb2d87"
    )
    assert commitment(SALT, "Budget") != commitment(SALT[::-1], "Budget")
    assert commitment(SALT, "Budget") != commitment(SALT, "budget")
    with pytest.raises(ValueError, match="32 hexadecimal"):
        commitment(SALT[1:], "Budget")


def test_masked_minutes_have_the_same_checksum_and_not_the_hidden_value() -> None:
    shown = masked(CONTENT)
    fields = shown["paragraphs"][0]["fields"]
    assert fields["title"] == CONTENT["paragraphs"][0]["fields"]["title"]
    assert fields["names"] == closed(CONTENT["paragraphs"][0]["fields"]["names"])
    assert set(fields["names"]) == {"commitment", "reason"}
    assert minutes_hash(shown) == minutes_hash(CONTENT)
    assert paragraph_hash(shown["paragraphs"][0]) == paragraph_hash(CONTENT["paragraphs"][0])


def test_another_value_has_another_checksum() -> None:
    paragraph = CONTENT["paragraphs"][0]
    title = paragraph["fields"]["title"] | {"value": "Avgift"}
    changed = paragraph | {"fields": paragraph["fields"] | {"title": title}}
    assert paragraph_hash(changed) != paragraph_hash(paragraph)
    assert minutes_hash(CONTENT | {"paragraphs": [changed]}) != minutes_hash(CONTENT)
