-- What the desk's own pages look for is found without reading every case, invoice, payment or message.

CREATE INDEX case_invoice ON cases (invoice_id);

CREATE INDEX case_in_trouble ON cases (id) WHERE failures > 0 AND closed_at IS NULL;

CREATE INDEX message_customer ON message (customer_id);

CREATE INDEX message_handed ON message (handed_at);

CREATE INDEX invoice_like ON invoice (upper(number) text_pattern_ops);

CREATE INDEX invoice_total ON invoice (total);

CREATE INDEX invoice_open ON invoice ((total - prepaid - paid - credited)) WHERE total - prepaid - paid - credited > 0;

CREATE INDEX payment_amount ON payment (amount);

CREATE INDEX payment_unplaced ON payment (id) WHERE amount <> allocated AND NOT is_pending AND NOT is_replaced;

CREATE INDEX question_customer ON question (customer_id);
