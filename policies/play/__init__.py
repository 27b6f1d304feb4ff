"""A company's collecting played on a virtual clock: the same `decide` and ledger rules, without database or engine."""
