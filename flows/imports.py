"""placeholder until storage imports"""
from prefect import flow


@flow(name="import-invoices", persist_result=False)
async def import_invoices(file: str, mapping: str = "relance") -> None:
    return None


@flow(name="import-payments", persist_result=False)
async def import_payments(file: str, mapping: str = "relance-payments") -> None:
    return None
