-- Decisions are numbered when they are made and seen when they are committed, in another order perhaps: each waits by itself.

CREATE TABLE decision_to_settle (
    decision_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    PRIMARY KEY (decision_id),
    FOREIGN KEY(decision_id) REFERENCES match_decision (id),
    FOREIGN KEY(creditor_id) REFERENCES creditor (id)
);

CREATE INDEX ix_decision_to_settle_creditor_id ON decision_to_settle (creditor_id);

INSERT INTO decision_to_settle (decision_id, creditor_id)
SELECT d.id, d.creditor_id FROM match_decision d JOIN creditor r ON r.id = d.creditor_id WHERE d.id > r.decisions_settled;

ALTER TABLE creditor DROP COLUMN decisions_settled
