"""Who receives a message: the desk that pays, the registered office, the agency, or counsel."""

from sqlalchemy.ext.asyncio import AsyncConnection

from policies.decisions import Act
from policies.posting import address_for, one_line_of
from policies.stages import Channel, Stage
from storage import bundles
from storage.dossier import Dossier


async def recipient_of(connection: AsyncConnection, some: Dossier, lead: Act, channel: Channel) -> str:
    """Who receives: the customer's accounts contact, or for a file the agency or counsel, else the creditor itself."""
    if channel is Channel.SMS:
        return some.phone
    if channel is Channel.LETTER:
        return one_line_of(address_for(lead.step.stage, some.postal, some.seat))
    if channel is Channel.HANDOVER:
        creditor, agency, counsel = await bundles.creditor_facts(connection, some.creditor)
        return (counsel if lead.step.stage is Stage.LEGAL else agency) or creditor.reply_to or creditor.email
    return some.email
