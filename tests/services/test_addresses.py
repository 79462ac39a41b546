"""Addresses match in all their forms, and no form is ever made up for a number that has only one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.services.addresses import normalise


@pytest.mark.parametrize(
    ("value", "region", "address", "other"),
    [
        ("+55 31 98765-4321", "", "+5531987654321", "+553187654321"),
        ("+55 31 8765-4321", "", "+553187654321", "+5531987654321"),
        ("+54 9 11 2345-6789", "", "+5491123456789", "+541123456789"),
        ("011 15-2345-6789", "AR", "+5491123456789", "+541123456789"),
        ("+54 11 2345-6789", "", "+541123456789", "+5491123456789"),
        ("+52 1 55 1234 5678", "", "+5215512345678", "+525512345678"),
        ("+52 55 1234 5678", "", "+525512345678", "+5215512345678"),
        ("+55 31 98765-4321 ext. 7", "", "+5531987654321;ext=7", "+553187654321;ext=7"),
    ],
)
def test_a_number_with_national_variants_matches_in_both_forms_and_says_why(
    value: str, region: str, address: str, other: str
) -> None:
    matching = normalise("phone", value, region=region)
    assert matching.address == address
    assert matching.candidates == (address, other)
    assert "written with and without" in matching.reason


@pytest.mark.parametrize(
    "landline",
    ["+55 31 3265-4321", "+55 11 5555-4321", "+55 61 2025-4321", "+49 30 123456", "+39 06 12345678", "+1 212 555 0100"],
)
def test_a_landline_has_one_form(landline: str) -> None:
    matching = normalise("phone", landline)
    assert matching.candidates == (landline.replace(" ", "").replace("-", ""),)
    assert matching.reason == ""


def test_a_brazilian_mobile_whose_short_form_would_be_a_landline_has_one_form() -> None:
    assert normalise("phone", "+55 11 93265-4321").candidates == ("+5511932654321",)


@pytest.mark.parametrize(
    ("value", "region", "address"),
    [
        ("0049 30 123456", "", "+4930123456"),
        ("030/123456", "DE", "+4930123456"),
        ("+49 (0)30 / 123456", "", "+4930123456"),
        ("010-1234-5678", "KR", "+821012345678"),
        ("+８２ １０ １２３４ ５６７８", "", "+821012345678"),
        ("12 345 67 89", "pl", "+48123456789"),
        ("+1 212 555 0100 x5", "", "+12125550100;ext=5"),
    ],
)
def test_punctuation_prefixes_and_regions_lead_to_one_form(value: str, region: str, address: str) -> None:
    assert normalise("phone", value, region=region).address == address


@pytest.mark.parametrize("value", ["72345", "DHL", "anonymous", "+", "5511987654321", "x" * 4000])
def test_what_is_no_whole_number_is_matched_as_written(value: str) -> None:
    matching = normalise("phone", value)
    assert matching.address[:40] == value[:40]
    assert len(matching.address) <= 512
    assert "matched as written" in matching.reason


@pytest.mark.parametrize(
    ("value", "address"),
    [
        (" Anna.Nowak@Example.COM ", "anna.nowak@example.com"),
        ("info@Bücher.example", "info@xn--bcher-kva.example"),
        ("info@straße.de", "info@xn--strae-oqa.de"),
        ("a.b+tag@gmail.com", "a.b+tag@gmail.com"),
        ("ŁUKASZ@example.pl", "łukasz@example.pl"),
        ("root@foo_Bar.local", "root@foo_bar.local"),
        ("x@[192.0.2.1]", "x@[192.0.2.1]"),
        ("info@example.com.", "info@example.com"),
        ("not an address", "not an address"),
    ],
)
def test_mail_addresses_match_without_case_and_in_one_form_of_their_domain(value: str, address: str) -> None:
    assert normalise("email", value).address == address


def test_sharp_s_and_double_s_stay_two_people() -> None:
    assert normalise("email", "strauß@example.com").address != normalise("email", "strauss@example.com").address


@given(st.text(), st.sampled_from(["telegram", "webchat", "matrix"]))
def test_ids_of_providers_stay_as_they_are(value: str, namespace: str) -> None:
    assert normalise(namespace, value).candidates == (value,)


_NUMBERS = st.one_of(
    st.from_regex(r"\+(55|54|52|49|1|82|48)[0-9]{6,12}", fullmatch=True),
    st.from_regex(r"\+55[1-9][1-9]9?[2-9][0-9]{7}", fullmatch=True),
    st.from_regex(r"\+549?(11|351)[2-9][0-9]{6,7}", fullmatch=True),
    st.from_regex(r"\+521?(55|33|81)[1-9][0-9]{7}", fullmatch=True),
    st.text(max_size=40),
)


@given(_NUMBERS, st.sampled_from(["", "BR", "DE", "US"]))
def test_normalising_twice_changes_nothing_and_candidates_find_each_other(value: str, region: str) -> None:
    matching = normalise("phone", value, region=region)
    again = normalise("phone", matching.address, region=region)
    assert again.address == matching.address
    assert matching.candidates[0] == matching.address
    assert all(set(normalise("phone", c).candidates) == set(matching.candidates) for c in matching.candidates[1:])


@given(st.emails() | st.text(max_size=60))
def test_normalising_a_mail_address_twice_changes_nothing(value: str) -> None:
    once = normalise("email", value).address
    assert normalise("email", once).address == once
