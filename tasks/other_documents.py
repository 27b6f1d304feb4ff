"""XML that is no invoice: what it is, and what to do with it, in a sentence."""

from lxml import etree

from tasks.safe_xml import local

NATIONAL = {
    "FatturaElettronica": "an Italian FatturaPA",
    "Facturae": "a Spanish Facturae",
    "OIOXML": "a Danish OIOXML",
    "Finvoice": "a Finnish Finvoice",
}
ORDERS = frozenset({
    "Order", "OrderResponse", "OrderChange", "OrderCancellation", "CrossIndustryOrder", "SCRDMCCBDACIOMessageStructure",
    "DespatchAdvice", "ReceiptAdvice", "Catalogue", "Quotation", "CrossDomainAcknowledgementAndResponse",
    "ApplicationResponse",
})  # fmt: skip


def what_it_is(root: etree._Element) -> str:
    """Why the document is not read as an invoice."""
    name, namespace = local(root), etree.QName(root).namespace or ""
    if "iso:20022" in namespace or "iso.20022" in namespace:
        kind = namespace.rsplit(":", 1)[-1][:40]
        return f"This is a message of a bank ({kind}), no invoice: import it with import payments."
    if name in ORDERS:
        return f"This is an order or the like ({name}), which asks for no money: import the invoice that follows it."
    if name in NATIONAL:
        return f"This is {NATIONAL[name]}, which is not read: import the invoice as UBL, CII or CSV."
    return f"The XML is a “{name[:60]}”, neither an invoice in UBL nor one in CII."
