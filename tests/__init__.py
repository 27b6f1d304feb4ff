"""Every promise of Relance, as a sentence that can fail."""
