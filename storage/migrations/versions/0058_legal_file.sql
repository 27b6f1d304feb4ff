-- What a court file claims beside its principal was never written here: the file itself has it.

ALTER TABLE legal_file DROP COLUMN accessories
