"""CFONB 120 as French banks write it."""

from pathlib import Path

from tests.tasks.bank_messages import read, said, told


def balance(kind: str, day: str, amount: str, account: str = "01234567890") -> str:
    return f"{kind}30004    00003EUR2 {account}  {day}".ljust(90) + amount.rjust(14, "0") + " " * 16


def movement(
    amount: str, label: str = "VIR DUPONT", *, value: str = "030326", reference: str = "", refused: str = "  ",
    account: str = "01234567890", currency: str = "EUR2",
) -> str:  # fmt: skip
    head = f"0430004015800003{currency} {account}B1020326{refused}{value}{label:31}"
    return f"{head:90}{amount.rjust(14, '0')}{reference:16}"


def detail(qualifier: str, text: str) -> str:
    return f"0530004015800003EUR2 01234567890B1020326     {qualifier}{text:70}  "


OPEN, CLOSED = balance("01", "010326", "1000{"), balance("07", "020326", "1322A")


def test_movements_between_two_balances_with_the_sign_in_the_last_digit(tmp_path: Path) -> None:
    file = "\n".join([OPEN, movement("32{", reference="FA-1"), movement("1}", "COMMISSION"), movement("2K"), movement("33C"),
                      balance("07", "020326", "1062A")])  # fmt: skip
    assert said(read(tmp_path, file), "amount", "reference", "text") == [
        ("3.20", "FA-1", "VIR DUPONT"), ("-0.10", "", "COMMISSION"), ("-0.22", "", "VIR DUPONT"), ("3.33", "", "VIR DUPONT")
    ]  # fmt: skip


def test_days_account_and_what_the_details_add(tmp_path: Path) -> None:
    lines = [
        OPEN, movement("322A"), detail("NPY", "DUPONT SARL"), detail("LCC", "FACTURE FA-2026-"), detail("LCC", "DU 01/02"),
        detail("RCN", f"{'E-77':35}AUTRE"), detail("RUM", "RUM-7"), detail("REF", "REMISE 9"),
        detail("CPY", "FR7610107001011234567890129"), CLOSED,
    ]  # fmt: skip
    names = ("account", "booked", "value_date", "counterparty", "iban", "text", "end_to_end_id", "mandate")
    assert said(read(tmp_path, "\r\n".join(lines)), *names) == [
        ("300040000301234567890", "2026-03-02", "2026-03-03", "DUPONT SARL", "FR7610107001011234567890129",
         "VIR DUPONT FACTURE FA-2026- DU 01/02", "E-77", "RUM-7")
    ]  # fmt: skip


def test_a_refused_collection_is_a_return(tmp_path: Path) -> None:
    file = "\n".join([OPEN, movement("1}", "REJET PRLV", refused="31"), balance("07", "020326", "999{")])
    assert said(read(tmp_path, file), "amount", "return_reason") == [("-0.10", "NARR")]


def test_braces_of_the_french_alphabet_blank_lines_and_records_without_line_ends(tmp_path: Path) -> None:
    french = "\n\n".join([OPEN.replace("{", "é"), movement("5è"), balance("07", "020326", "995é"), "\x1a"])
    joined = OPEN + movement("5}") + balance("07", "020326", "995{")
    for file in (french, french.encode("cp1252"), joined):
        assert said(read(tmp_path, file), "amount") == [("-0.50",)]


def test_several_accounts_in_one_file(tmp_path: Path) -> None:
    other = "00000000042"
    file = "\n".join([
        OPEN, CLOSED.replace("1322A", "1000{"), balance("01", "010326", "0{", other), movement("7E", account=other),
        balance("07", "040326", "7E", other),
    ])  # fmt: skip
    reading = read(tmp_path, file)
    assert said(reading, "account", "amount") == [("300040000300000000042", "0.75")]
    assert {key[-4:]: str(day) for key, day in reading.through.items()} == {"7890": "2026-03-02", "0042": "2026-03-04"}


def test_what_is_cut_off_foreign_or_damaged_is_refused_with_its_line(tmp_path: Path) -> None:
    cases = {
        "\n".join([OPEN, movement("1{")]): [
            "file.txt:1: The statement of account 300040000301234567890 has no record 07 with its new balance: it is cut off."
        ],
        "\n".join([movement("1{"), CLOSED]): [
            "file.txt:1: The record stands outside a statement: the record 01 with the old balance is missing.",
            "file.txt:2: The record stands outside a statement: the record 01 with the old balance is missing.",
        ],
        "\n".join([OPEN, movement("1{", account="99999999999"), balance("07", "020326", "1000{")]): [
            "file.txt:2: The record is of account 99999999999, inside the statement of 300040000301234567890."
        ],
        "\n".join([OPEN, movement("1{", value="310226"), balance("07", "020326", "1001{")]): [
            "file.txt:2: “310226” is not a day.",
            (
                "file.txt:1: balance: Statement 010326 #1 of account 300040000301234567890 does not add up: opening 100.00 and "
                "entries 0.00 make 100.00 EUR, but the closing balance is 100.10. Entries are missing or damaged; fetch the file "
                "again."
            ),
        ],
        "\n".join([OPEN, movement("12"), balance("07", "020326", "1000{")]): [
            "file.txt:2: “00000000000012” is not an amount: its last sign must be {, A to R, or }."
        ],
        "\n".join([OPEN, movement("12C", currency="EUR3"), balance("07", "020326", "1000{")]): [
            "file.txt:2: The amount has 3 decimals; EUR has 2."
        ],
        "\n".join([OPEN, movement("1{", currency="USD2"), balance("07", "020326", "1000{")]): [
            "file.txt:2: The movement is in USD, inside a statement in EUR."
        ],
        "\n".join([OPEN.replace("EUR2", "EUR "), balance("07", "020326", "1000{")]): [
            "file.txt:1: The record does not say how many decimals its amounts have."
        ],
        "\n".join([OPEN, "0612345", balance("07", "020326", "1000{")]): [
            "file.txt:2: The record begins with none of 01, 04, 05, 07; this is no CFONB 120."
        ],
    }
    assert {file: told(read(tmp_path, file)) for file in cases} == cases


def test_amounts_have_the_decimals_their_record_says(tmp_path: Path) -> None:
    found = {}
    for decimals, opening, moved, closing in (("0", "10{", "2E", "12E"), ("1", "100{", "25E", "125E"),
                                              ("3", "10000{", "2550{", "12550{"), ("4", "100000{", "2550}", "97450{")):  # fmt: skip
        lines = [
            balance("01", "010326", opening), movement(moved, currency=f"EUR{decimals}"), balance("07", "020326", closing),
        ]  # fmt: skip
        file = "\n".join(line.replace("EUR2", f"EUR{decimals}") for line in lines)
        reading = read(tmp_path, file)
        found[decimals] = [record.shown()["amount"] for record in reading.records] or told(reading)
    assert found == {"0": ["25.00"], "1": ["25.50"], "3": ["25.50"], "4": ["-2.55"]}
