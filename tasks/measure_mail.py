"""Sales are told of every measure that is taken or lifted, once each."""

from datetime import datetime

from storage import measure_changes, staff_letters
from tasks.measure_words import sales_mail
from tasks.staff_mail import send_to_staff


async def tell_sales(at: datetime) -> int:
    """Write what is not written yet, to the salesperson, or to the owner where the customer has none; answers how many.

    A second call writes nothing again: each e-mail has its key.
    """
    waiting = await measure_changes.unmailed()
    for one in waiting:
        for login in dict.fromkeys((one.measure.salesperson, one.measure.owner)):
            to = await staff_letters.colleague(login) if login else None
            if to is None or not to.email:
                continue
            subject, text = sales_mail(one, to.language)
            await send_to_staff(login, subject, text, "", f"measure-{one.measure.number}-{one.change}", at)
            break
        await measure_changes.mailed(one.id, at)
    return len(waiting)
