-- Requests on the pages of the shop's staff: where each step stands in the ledger, what was warned of, and erasures that
-- a second person approves.

ALTER TABLE bailee.request_step ADD COLUMN ledger_index bigint; -- null: taken before this was kept

-- How far the warnings of this last day went: 0 none, 1 a week before, 2 a day before, 3 it is over.
ALTER TABLE bailee.request ADD COLUMN warned smallint NOT NULL DEFAULT 0;

-- What a second person approves: one opening of named fields, or one erasure (then no field is named).
ALTER TABLE bailee.approval ADD COLUMN act text NOT NULL DEFAULT 'opening' CHECK (act IN ('opening', 'erasure'));

-- Clocks of requests warn too. Nobody did it: the calendar did.
ALTER TABLE bailee.alert ALTER COLUMN person_id DROP NOT NULL;
ALTER TABLE bailee.alert DROP CONSTRAINT alert_kind_check;
ALTER TABLE bailee.alert ADD CONSTRAINT alert_kind_check
  CHECK (kind IN ('break-glass', 'person-known', 'approval-alone', 'recovery', 'rights-given', 'request-due', 'request-overdue'));
