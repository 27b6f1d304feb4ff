"""Money for tests, booked the way the payment import books it."""

from datetime import date

from sqlalchemy import text

from policies.payment_record import PaymentRecord
from storage import clock, payments, session


async def book_together(creditor: int, invoices: tuple[str, ...]) -> None:
    """One bank line that pays several invoices in full."""
    at = await clock.now()
    async with session.reading() as connection:
        statement = text("SELECT sum(total - prepaid - paid - credited) FROM invoice WHERE number = ANY(:numbers)")
        amount = int(await connection.scalar(statement, {"numbers": list(invoices)}))
    day: date = at.date()
    record = PaymentRecord(
        account="bank", booked=day, value_date=day, amount=amount, currency="EUR", reference=" ".join(invoices),
        end_to_end_id=f"all {invoices[0]}", counterparty="", iban="", text="", return_reason="", invoices=invoices, line=1,
    )  # fmt: skip
    await payments.book_payments([record], "test", f"together {invoices}{at}", creditor, at)


async def bounce(creditor: int, invoice: str) -> None:
    """The latest payment for the invoice comes back."""
    at = await clock.now()
    async with session.reading() as connection:
        statement = text(
            "SELECT p.amount, p.currency, p.end_to_end_id FROM payment p JOIN allocation a ON a.payment_id = p.id "
            "JOIN invoice i ON i.id = a.invoice_id WHERE i.number = :n ORDER BY p.id DESC LIMIT 1"
        )
        row = (await connection.execute(statement, {"n": invoice})).one()
    day: date = at.date()
    record = PaymentRecord(
        account="bank", booked=day, value_date=day, amount=-row.amount, currency=row.currency, reference=invoice,
        end_to_end_id=row.end_to_end_id, counterparty="", iban="", text="", return_reason="AC04", invoices=(), line=1,
    )  # fmt: skip
    await payments.book_payments([record], "test", f"back {invoice}{at}", creditor, at)


async def book(creditor: int, invoice: str, amount: int | None) -> None:
    """A payment that names the invoice."""
    at = await clock.now()
    async with session.reading() as connection:
        row = (
            await connection.execute(
                text("SELECT total - prepaid - paid - credited AS open, currency FROM invoice WHERE number = :n"),
                {"n": invoice},
            )
        ).one()
    day: date = at.date()
    record = PaymentRecord(
        account="bank", booked=day, value_date=day, amount=row.open if amount is None else amount, currency=row.currency,
        reference=invoice, end_to_end_id=f"{invoice}-{at.timestamp()}-{amount}", counterparty="", iban="", text="",
        return_reason="", invoices=(invoice,), line=1,
    )  # fmt: skip
    await payments.book_payments([record], "test", f"{invoice}{at}{amount}", creditor, at)
