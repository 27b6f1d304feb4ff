"""The engine beside the virtual world: the same facts to both, and everything that came of them side by side."""
