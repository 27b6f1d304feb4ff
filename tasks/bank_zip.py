"""Several bank files in one archive: all of them go in, or none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from policies.payment_record import PaymentRecord
from policies.problems import Problem
from tasks.archive import Limits, Member, unpacked
from tasks.bank_statement import MOST_LINES
from tasks.file_refused import FileRefused
from tasks.reading import Reading, refusal

LIMITS = Limits(files=200, bytes=200 * 1024 * 1024)


def read_zip(path: Path, read: Callable[[Path], Reading[PaymentRecord] | None]) -> Reading[PaymentRecord]:
    """The movements of every file in the archive, in the order of their names. Raises FileRefused."""
    records: list[PaymentRecord] = []
    problems: list[Problem] = []
    through: dict[str, date] = {}
    is_refused, count = False, 0
    with unpacked(path, LIMITS) as members:
        for member in members:
            reading = _read(member, read)
            count += reading.read
            is_refused = is_refused or reading.refused or count > MOST_LINES
            problems += [replace(one, source=f"{path.name} › {member.name}") for one in reading.problems]
            records += [replace(one, statement=f"{member.name} {one.statement}") for one in reading.records]
            for account, day in (reading.through or {}).items():
                through[account] = max(day, through.get(account, day))
    if count > MOST_LINES:
        problems.append(Problem(path.name, None, "", f"The archive holds more than {MOST_LINES} movements; split it."))
    return refusal(problems, count) if is_refused else Reading(tuple(records), problems, count, through=through)


def _read(member: Member, read: Callable[[Path], Reading[PaymentRecord] | None]) -> Reading[PaymentRecord]:
    try:
        reading = read(member.path)
    except FileRefused as refused:
        return refusal([refused.problem])
    if reading is None:
        reason = "This is no bank file that describes itself; import it alone."
        return refusal([Problem(member.path.name, None, member.name, reason)])
    return reading
