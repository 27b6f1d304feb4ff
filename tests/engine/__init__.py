"""The real thing for tests: PostgreSQL, Prefect behind the desk, the sink and dispatchers, each in its own process."""
