"""Once a day each creditor's chains are sealed, and the seal is e-mailed to the creditor: what it keeps, nobody here can change."""

from prefect.client.orchestration import PrefectClient

from storage import clock, seals
from storage.creditor import the_creditor
from tasks.seal_mail import seal_mail
from tasks.staff_mail import send_to_house
from tasks.staff_text import speaking


async def seal_the_day(_client: PrefectClient) -> bool:
    """Seal the day of each creditor that has not been looked at; it starts no run. Twice makes one seal and one e-mail."""
    now = await clock.now()
    for creditor, zone in await seals.due(now):
        made = await seals.seal_day(creditor, zone, now)
        if made is not None:
            house = await the_creditor(creditor)
            with speaking(house.staff_language):
                subject, text = seal_mail(made, house.name)
            await send_to_house(house, subject, text, f"seal-{creditor}-{made.number}", now)
        await seals.looked(creditor, zone, now)
    return False
