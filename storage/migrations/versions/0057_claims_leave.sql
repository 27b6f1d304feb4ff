-- A claim on the credit insurer leaves through the ledger of messages; what is said of its sending is in the message.

ALTER TABLE message DROP CONSTRAINT kind_known;

ALTER TABLE message ADD CONSTRAINT kind_known CHECK (kind IN ('step', 'payment_bounced', 'payment_received', 'credit_booked', 'dispute_rejected', 'dispute_settled', 'notice_withdrawn', 'crossed', 'plan_accepted', 'instalment_due', 'plan_ended', 'settlement_paid', 'plan_agreed', 'plan_lapsed', 'settlement_offer', 'settlement_void', 'set_off', 'measure_taken', 'measure_lifted', 'mediation_proposed', 'vat_duplicate', 'written', 'invoice_copy', 'payment_details', 'agency_recall', 'agency_update', 'insurance_claim'));

ALTER TABLE correspondence DROP CONSTRAINT kind_known;

ALTER TABLE correspondence ADD CONSTRAINT kind_known CHECK (kind IN ('payment_bounced', 'payment_received', 'credit_booked', 'dispute_rejected', 'dispute_settled', 'notice_withdrawn', 'crossed', 'plan_accepted', 'instalment_due', 'plan_ended', 'settlement_paid', 'plan_agreed', 'plan_lapsed', 'settlement_offer', 'settlement_void', 'set_off', 'measure_taken', 'measure_lifted', 'mediation_proposed', 'vat_duplicate', 'written', 'invoice_copy', 'payment_details', 'agency_recall', 'agency_update', 'insurance_claim'));

ALTER TABLE insurance_claim DROP COLUMN sent_to;

ALTER TABLE insurance_claim DROP COLUMN file_sha256;

ALTER TABLE insurance_claim ADD COLUMN message_id BIGINT REFERENCES message (id)
