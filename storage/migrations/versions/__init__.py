"""One file a change; what has run is never edited."""
