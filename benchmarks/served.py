"""The other arm: Prefect's own `serve()`, a process per wake-up, on the same flow (`python -m benchmarks.served`)."""

from prefect.types.entrypoint import EntrypointType

from flows.collect import collect_invoice

NAME = "served"
AT_ONCE = 4

if __name__ == "__main__":
    collect_invoice.serve(name=NAME, limit=AT_ONCE, pause_on_shutdown=False, entrypoint_type=EntrypointType.MODULE_PATH)
