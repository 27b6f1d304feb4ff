"""How a customer pays, told from its history alone. Consumers are never scored (CNIL deliberation 2021-130)."""
