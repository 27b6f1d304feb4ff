"""The doors: what is let in, what is refused, what is written down."""
