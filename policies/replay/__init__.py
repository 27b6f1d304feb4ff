"""A policy played over recorded history, and what came of it counted: contacts, not a promise of cash."""
