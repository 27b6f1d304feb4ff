"""The embedded server's settings: safe against power cuts, modest in memory, reachable from this machine only."""

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # sockets have a length limit that a deep folder breaks
    "max_connections": "100",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",  # off on Prefect's database alone, which can be rebuilt
    "max_wal_size": "1GB",
    "wal_compression": "on",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",  # thousands of short queries, no long one
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_line_prefix": "%m %u@%d ",
    "idle_in_transaction_session_timeout": "10min",  # a hung process does not hold its row locks for ever
    "tcp_keepalives_idle": "5",  # a vanished dispatcher frees its leases within seconds
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
}


def settings(port: int) -> str:
    """The text of relance.conf for a server on `port`."""
    lines = [f"{name} = '{value}'" for name, value in _SETTINGS.items()]
    return "\n".join(["# Written at every start: changes belong into ALTER SYSTEM.", f"port = {port}", *lines, ""])
