"""Salespeople are written before a formal notice to a customer of theirs, each once."""

from datetime import datetime

from storage import sales_notices
from tasks.sales_words import notice_mail
from tasks.staff_mail import send_to_staff


async def tell_salespeople(at: datetime) -> int:
    """Write what is not written yet; answers how many. A second call writes nothing again: each e-mail has its key."""
    waiting = await sales_notices.unmailed()
    for one in waiting:
        subject, text = notice_mail(one)
        await send_to_staff(one.salesperson, subject, text, "", f"sales-notice-{one.id}", at)
        await sales_notices.mailed(one.id, at)
    return len(waiting)
