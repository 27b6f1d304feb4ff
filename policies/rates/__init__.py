"""Reference rates as data (`*.toml`), each value with the day it starts and its source."""
