"""The Logs tab shows business sentences only: the engine's own lines are left out (design 2)."""

import logging

OWN_LINES = (
    "Beginning ", "View at", "Finished in state", "Suspending flow run", "Received non-final", "Created task run",
    "Executing ", "Created subflow",
)  # fmt: skip


class BusinessSentences(logging.Filter):
    """Drops what the engine says about itself."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep everything but the engine's own lines."""
        return not record.getMessage().startswith(OWN_LINES)


def quieten() -> None:
    """Put the filter on the loggers whose lines reach the UI, and on their handlers' root."""
    for name in ("prefect", "prefect.flow_runs", "prefect.task_runs", "prefect.flow_engine", "prefect.task_engine"):
        logger = logging.getLogger(name)
        logger.addFilter(BusinessSentences())
        for handler in logger.handlers:
            handler.addFilter(BusinessSentences())
