"""The outside effects, against real servers on this machine."""
