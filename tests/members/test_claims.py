"""What is believed of a login service's claims."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.claims import ClaimRules, read_claims

RULES = ClaimRules(
    organisation="org",
    role_names={"samordnare": "coordinator"},
    allowed_roles=frozenset({"coordinator", "reader"}),
    second_factor_values=frozenset({"mfa"}),
)


def test_reads_an_organisation_number_in_any_writing() -> None:
    for written in ("212000-0142", "2120000142", "162120000142"):
        assert read_claims({"org": written}, RULES).org_number == "212000-0142"


def test_reads_a_municipality_code() -> None:
    claims = read_claims({"org": "0180"}, RULES)

    assert (claims.org_number, claims.code) == ("", "0180")


@pytest.mark.parametrize("written", ["212000-0143", "19900101-1234", "180", "01800", "", "Nacka"])
def test_an_organisation_in_no_known_form_is_none(written) -> None:
    assert not read_claims({"org": written}, RULES).organisation_known


def test_roles_are_translated_and_kept_to_the_list() -> None:
    raw = {"roles": ["samordnare", "reader", "administrator", "signatory"]}

    assert read_claims(raw, RULES).roles == {"coordinator", "reader"}


def test_a_default_role_only_when_no_role_is_said() -> None:
    rules = ClaimRules(allowed_roles=frozenset({"reader"}), default_role="technical_contact")

    assert read_claims({}, rules).roles == {"technical_contact"}
    assert read_claims({"roles": ["chef"]}, rules).roles == {"technical_contact"}
    assert read_claims({"roles": ["reader"]}, rules).roles == {"reader"}


def test_claims_may_lie_within_each_other() -> None:
    rules = ClaimRules(roles="realm_access.roles", allowed_roles=frozenset({"reader"}))

    assert read_claims({"realm_access": {"roles": ["reader"]}}, rules).roles == {"reader"}


def test_a_second_factor_counts_only_in_the_words_of_the_rules() -> None:
    assert read_claims({"amr": ["pwd", "mfa"]}, RULES).second_factor
    assert not read_claims({"amr": ["pwd"]}, RULES).second_factor
    assert not read_claims({"amr": ["pwd", "mfa"]}, ClaimRules()).second_factor


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["org", "roles", "amr", "email", "given_name", "family_name"]), json_values
    )
)
def test_whatever_a_service_sends_gives_no_more_than_the_rules(raw) -> None:
    claims = read_claims(raw, RULES)

    assert claims.roles <= RULES.allowed_roles
    assert not (claims.org_number and claims.code)
