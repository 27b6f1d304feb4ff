"""Account numbers, references, telephone numbers and mail domains of other people's lists are told right from wrong."""

import csv
import json
from pathlib import Path

import pytest

from tasks.addresses import telephone
from tasks.cell_values import Unreadable
from tasks.mail_domains import likely_meant
from tasks.party_numbers import account_number, creditor_reference

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
OLD_OR_INVENTED = {"AA", "BI", "NI"}
"""Examples that the registry has since given another length, and a country that does not exist."""

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the corpora are not beside the checkout (../shared/corpora)"
)


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((CORPORA / name).read_text(encoding="utf-8").splitlines()))


def test_every_example_of_the_iban_registry_is_accepted_and_with_a_wrong_figure_refused() -> None:
    for row in rows("ids/iban_registry_examples.csv"):
        iban = row["iban_example"]
        if row["country"] in OLD_OR_INVENTED:
            continue
        assert account_number(iban) == iban
        wrong = iban[:-1] + ("1" if iban[-1] != "1" else "2")
        with pytest.raises(Unreadable, match="check digits"):
            account_number(wrong)


def test_creditor_references_are_told_by_their_check_digits() -> None:
    listed = json.loads((CORPORA / "ids/iso11649.json").read_text(encoding="utf-8"))
    assert [creditor_reference(each) for each in listed["valid"]] == listed["valid"]
    assert {creditor_reference(each) for each in listed["invalid"]} == {None}


def test_telephone_numbers_are_read_by_their_country_or_refused() -> None:
    for row in rows("phone/examples_FR_GB.csv"):
        expected = row["e164"] if row["validity"] == "valid" else None
        assert telephone(row["national"], row["region"]) == expected, row
        assert telephone(row["international"]) == expected, row


def test_most_slips_in_domains_are_seen_and_no_real_domain_is_taken_for_one() -> None:
    folder = CORPORA / "email-addresses"
    lines = (folder / "domain_typos_valid.txt").read_text(encoding="utf-8").splitlines()
    slips = [line.split(",") for line in lines if "," in line and not line.startswith("#")]
    assert sum(likely_meant(slip) == meant for slip, meant in slips) > 0.8 * len(slips)
    real = (folder / "domain_typos_invalid.txt").read_text(encoding="utf-8").split()
    assert [domain for domain in real if likely_meant(domain)] == []
