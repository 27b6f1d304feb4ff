"""Policy tests a finance person can write: dated scenarios in TOML, played, and compared with everything expected."""
