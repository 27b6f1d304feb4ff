"""THE KEYS: the commands a person types, and the local stack they start, watch and stop together."""
