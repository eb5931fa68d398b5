-- Mail in and out of cases. An answer that waits to be sent is a row here until it left or was given up; addresses are in
-- no row: each is opened through the gate for one sending.

CREATE TABLE bailee.case_mail (
  customer_id   uuid NOT NULL,
  case_id       uuid NOT NULL,
  message_id    uuid NOT NULL,               -- the answer in bailee.case_message
  store_id      uuid NOT NULL,
  tries         smallint NOT NULL,           -- begun so far
  next_at       timestamptz NOT NULL,        -- when it is tried next
  sending_since timestamptz,                 -- a node is at it since then; null: nobody is
  PRIMARY KEY (customer_id, message_id)
);
CREATE INDEX case_mail_next ON bailee.case_mail (next_at);

-- Programs, scripts and pages that run scripts: kept as evidence, and told apart for whoever opens them.
ALTER TABLE bailee.case_attachment ADD COLUMN unsafe boolean NOT NULL DEFAULT false;
