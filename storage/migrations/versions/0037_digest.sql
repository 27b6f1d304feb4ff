-- What a daily digest tells is found by its moment.

CREATE INDEX journal_news ON journal (at) WHERE kind IN ('paid', 'payment_returned', 'agreement_broken');
