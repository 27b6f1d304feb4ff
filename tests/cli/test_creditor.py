"""The creditor's settings on the command line: what could not be used in a message is refused when it is said."""

import json

import pytest

from tests.cli.conftest import Relance


def test_the_page_to_pay_on_is_kept_as_it_was_said(relance: Relance) -> None:
    told = relance("creditor", "set", "payment_url=https://pay.atelier-nord.example/?c=1&l=fr")
    assert (told.code, told.out) == (0, "Changed: payment_url.\n")
    assert (
        json.loads(relance("creditor", "show", "--json").out)["payment_url"]
        == "https://pay.atelier-nord.example/?c=1&l=fr"
    )
    assert relance("creditor", "set", "payment_url=").code == 0
    assert json.loads(relance("creditor", "show", "--json").out)["payment_url"] == ""


@pytest.mark.parametrize("address", ["pay.atelier-nord.example", "javascript:alert(1)", "https://pay atelier.example"])
def test_what_is_not_the_address_of_a_page_is_refused_with_an_example(relance: Relance, address: str) -> None:
    told = relance("creditor", "set", f"payment_url={address}")
    assert told.code != 0
    said = " ".join((told.out + told.err).split())
    assert f"payment_url: “{address}” is not the address of a page; write it like https://pay.us.example." in said
