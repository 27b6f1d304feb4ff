"""`relance doctor`: looks at everything that can be wrong with an installation and says what to do."""

import json

import typer

from cli.findings import Finding, Health
from cli.home import open_home

MARKS = {Health.OK: "ok  ", Health.NOTE: "note", Health.BAD: "BAD "}


def doctor(as_json: bool = typer.Option(False, "--json", help="One JSON object instead of lines.")) -> None:
    """Check database, Prefect, SMTP, mailbox, Twilio, clock, disk, versions and templates of your own."""
    findings = examine()
    if as_json:
        answer = {"ok": _healthy(findings), "checks": [finding.as_json() for finding in findings]}
        print(json.dumps(answer, indent=1, ensure_ascii=False))
    else:
        print("\n".join(_line(finding) for finding in findings))
    raise typer.Exit(0 if _healthy(findings) else 1)


def examine() -> list[Finding]:
    """Every check, in the order a person would repair things."""
    from cli import machine_checks, service_checks
    from cli.database_checks import database_findings

    home = open_home()
    return [
        machine_checks.versions(),
        machine_checks.disk(home),
        machine_checks.time_zones(),
        machine_checks.templates(home),
        *database_findings(home),
        service_checks.prefect(home),
        service_checks.smtp(),
        service_checks.mailbox(),
        service_checks.twilio(),
    ]


def _healthy(findings: list[Finding]) -> bool:
    return all(finding.health is not Health.BAD for finding in findings)


def _line(finding: Finding) -> str:
    advice = f"\n{'':19}{finding.advice}" if finding.advice else ""
    return f"{MARKS[finding.health]}  {finding.subject:<11}  {finding.words}{advice}"
