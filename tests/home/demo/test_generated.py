"""Made-up services, pictures and documents: the same for the same seed."""

from datetime import date

import pytest

from catalogue.models import ServicePage
from catalogue.states import FactField
from home.demo import content
from home.demo.documents import render_example
from home.demo.generated import generated_services
from home.demo.pictures import draw

CODES = [f"{number:04d}" for number in range(1000, 1290)]
DOCUMENT = {
    "title": "Plan (exempel)",
    "type": "plan",
    "dated_on": date(2026, 1, 2),
    "body": "Text.",
}


def test_the_same_seed_gives_the_same_services() -> None:
    assert generated_services(184, seed=3, codes=CODES) == generated_services(
        184, seed=3, codes=CODES
    )
    assert generated_services(20, seed=3, codes=CODES) != generated_services(
        20, seed=4, codes=CODES
    )


def test_a_larger_demo_holds_the_smaller_one() -> None:
    small, large = (generated_services(n, seed=3, codes=CODES) for n in (44, 184))
    assert list(large)[:44] == list(small)
    assert list(large.values())[:44] == list(small.values())


def test_every_made_up_service_says_so_and_fits() -> None:
    made = generated_services(184, seed=3, codes=CODES)
    assert len(made) == 184
    for slug, spec in made.items():
        assert spec["is_example"] is True
        assert set(spec["example_fields"]) == set(FactField.values)
        assert spec["title"].endswith("(exempel)")
        assert len(spec["short_description"]) <= 150
        assert slug.endswith("-exempel")
    used = [len(spec["uses"]) for spec in made.values()]
    assert max(used) == used[0]


def test_the_first_service_is_the_fullest() -> None:
    first = next(iter(generated_services(44, seed=3, codes=CODES).values()))
    assert [len(first[key]) for key in ("uses", "documents", "relations", "roadmap")] == [
        203,
        12,
        11,
        8,
    ]
    assert set(first["sources"]) == set(FactField.values)


def test_more_services_than_words_are_refused() -> None:
    with pytest.raises(ValueError, match="200"):
        generated_services(201, seed=3, codes=CODES)


def test_a_picture_is_the_same_for_the_same_seed_and_key() -> None:
    assert draw("egil", 1) == draw("egil", 1)
    assert draw("egil", 1) != draw("egil", 2)
    assert draw("egil", 1) != draw("bibblix", 1)
    assert draw("egil", 1).startswith(b"\x89PNG")


def test_a_document_is_the_same_every_time() -> None:
    assert render_example(DOCUMENT) == render_example(DOCUMENT)
    assert render_example(DOCUMENT) != render_example({**DOCUMENT, "body": "Annan text."})


@pytest.mark.parametrize("slug", sorted(content.services()))
def test_the_texts_fit_their_columns(slug) -> None:
    spec = content.services()[slug]
    assert 10 <= len(spec["short_description"]) <= 150
    assert 2 <= len(spec["long_description"].strip().split("\n\n")) <= 4
    assert 3 <= len(spec["features"]) <= 6
    for name in ("origin", "target_groups", "technology", "standards", "hosting"):
        assert len(spec.get(name, "")) <= ServicePage._meta.get_field(name).max_length


def test_every_source_is_used_and_every_key_is_known() -> None:
    keys = {
        key.removeprefix("~")
        for spec in content.services().values()
        for names in spec["sources"].values()
        for key in names
    }
    for spec in content.services().values():
        for rows in ("donors", "uses", "lifecycle_changes"):
            keys |= {row["source"] for row in spec.get(rows, [])}
    keys |= {key for item in content.read("news")["item"] for key in item.get("sources", [])}
    assert keys == set(content.sources())
