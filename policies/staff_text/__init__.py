"""What staff read, in their language: each sentence of the code, in English, with its words in another language beside it."""
