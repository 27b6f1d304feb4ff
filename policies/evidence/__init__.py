"""Files of evidence: what is in one, and how anybody checks it without us."""
