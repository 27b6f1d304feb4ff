"""Kills, restarts and races, all produced from outside: nothing of ours is patched, no hook waits for a test."""
