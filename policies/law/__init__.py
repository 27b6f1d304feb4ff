"""What the law of each country says, as data with its sources (`*.toml`), and the rules that read it."""
