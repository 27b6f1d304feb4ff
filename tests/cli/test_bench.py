"""A benchmark whose figures are not as they must be ends with a sentence and 1."""

from cli.shortfalls import shortfalls


def test_good_figures_say_nothing() -> None:
    found = {
        "wakeups": {"ratio": 12.0, "wanted_ratio": 12},
        "opening": {"opened_s": 9.0},
        "idle": {"core_percent": 5.0, "limit_percent": 5.0},
        "faults": {"kills": {"wrong": []}, "wakes": {"wrong": []}},
        "million": {"backlog_s": 0.69, "to_wake_s": 0.003, "limit_s": 1.0, "opened": 500},
        "decide": {"waiting_per_s": 30_000, "wanted_per_s": 30_000},
        "replay": {"seconds": 30.0, "wanted_s": 30.0, "memory_mb": 1_000, "wanted_mb": 1_000, "acts_on_settled": 0},
        "agreement": {"acts": 500, "differences": 0},
        "matching": {"precision": 0.999, "wanted_precision": 0.999, "scale": {"seconds": 20, "limit_s": 20}},
        "bank": {"entries": 9, "read_s": 30.0, "booked_s": 30.0, "limit_s": 60.0, "megabytes": 9, "limit_megabytes": 9},
        "imports": {"import_s": 30.0, "limit_s": 30.0, "memory_mb": 500, "limit_mb": 1_000},
    }
    assert shortfalls(found) == []


def test_whatever_falls_short_is_named() -> None:
    found = {
        "wakeups": {"ratio": 11.9, "wanted_ratio": 12},
        "idle": {"core_percent": 5.1, "limit_percent": 5.0},
        "million": {"backlog_s": 1.2, "to_wake_s": 0.003, "limit_s": 1.0, "opened": 500},
        "faults": {"kills": {"wrong": []}, "wakes": {"wrong": ["the lease of case 3 was taken twice"]}},
        "decide": {"waiting_per_s": 29_999, "wanted_per_s": 30_000},
        "replay": {"seconds": 30.1, "wanted_s": 30.0, "memory_mb": 1_001, "wanted_mb": 1_000, "acts_on_settled": 2},
        "agreement": {"acts": 500, "differences": 1},
        "matching": {"precision": 0.9989, "wanted_precision": 0.999, "scale": {"seconds": 20.1, "limit_s": 20}},
        "bank": {"entries": 9, "read_s": 30.0, "booked_s": 31.0, "limit_s": 60, "megabytes": 10, "limit_megabytes": 9},
        "imports": {"import_s": 30.1, "limit_s": 30.0, "memory_mb": 1_001, "limit_mb": 1_000},
    }
    assert shortfalls(found) == [
        "The dispatcher is 11.9 times as fast as serve(), not 12.",
        "Waiting cases cost 5.1 % of a core, not 5.0 % at most.",
        "29999 cases are decided a second, not 30000.",
        "Among a million invoices backlog takes 1.2 s, not 1.0 s at most.",
        "The replay takes 30.1 s, not 30.0 s at most.",
        "The replay needs 1001 MB, not 1000 MB at most.",
        "The replay acts 2 times on settled invoices.",
        "The engine and the virtual world do not do the same.",
        "Of sure matches 0.9989 are right, not 0.999.",
        "Matching a hundred thousand lines takes 20.1 s, not 20 s at most.",
        "A statement of 9 entries takes 61.0 s, not 60 s at most.",
        "It needs 10 MB of memory, not 9 MB at most.",
        "Importing takes 30.1 s, not 30.0 s at most.",
        "Importing takes 1001 MB of memory, not 1000 MB at most.",
        "wakes: the lease of case 3 was taken twice.",
    ]
