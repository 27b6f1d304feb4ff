"""THE DAY: the order of events and nothing else."""
