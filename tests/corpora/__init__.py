"""Files of other programs, where they are present beside the checkout."""
