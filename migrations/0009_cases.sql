-- Cases become work: a number, a queue, a due time, and what was written in them. What a list needs lies open and holds
-- no word of a customer: kinds, states and ids. Subject and messages are sealed under the customer's service key.

ALTER TABLE bailee.cases
  ADD COLUMN store_id     uuid,
  ADD COLUMN number       integer,           -- counted per store, for talking about it; not the shop's own ticket number
  ADD COLUMN kind         text NOT NULL DEFAULT 'inquiry' CHECK (kind IN ('inquiry', 'complaint', 'feedback')),
  ADD COLUMN channel      text NOT NULL DEFAULT 'form' CHECK (channel IN ('mail', 'phone', 'chat', 'form', 'letter', 'shop')),
  ADD COLUMN topic        text NOT NULL DEFAULT 'other'
                          CHECK (topic IN ('delivery', 'return', 'payment', 'product', 'account', 'privacy', 'other')),
  ADD COLUMN status       text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'open', 'waiting', 'solved', 'closed')),
  ADD COLUMN priority     text NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  ADD COLUMN assignee     uuid,              -- a person of the staff
  ADD COLUMN team         uuid,
  ADD COLUMN waits_since  timestamptz,       -- since when the customer waits for us; null: we wait, or it is done
  ADD COLUMN due_at       timestamptz,       -- waits_since and the service level
  ADD COLUMN created_at   timestamptz,       -- when it began, by the clock of the sender, corrected
  ADD COLUMN updated_at   timestamptz,
  ADD COLUMN made_by      uuid,              -- person or key that wrote it down; null: the shop told of it
  ADD COLUMN satisfaction smallint CHECK (satisfaction BETWEEN 1 AND 5),
  ADD COLUMN version      integer NOT NULL DEFAULT 1; -- grows with each change of the columns above; row_version seals

-- Cases from before: numbered as they came. Those that are open wait since then; by the level of "normal".
UPDATE bailee.cases c SET store_id = k.store_id FROM bailee.customer k WHERE k.id = c.customer_id;
DELETE FROM bailee.cases WHERE store_id IS NULL;
UPDATE bailee.cases c SET
  number = n.number,
  status = CASE c.state WHEN 'open' THEN 'new' ELSE 'closed' END,
  created_at = LEAST(c.occurred_at, c.received_at),
  updated_at = c.occurred_at,
  waits_since = CASE c.state WHEN 'open' THEN c.occurred_at END,
  due_at = CASE c.state WHEN 'open' THEN c.occurred_at + interval '24 hours' END
FROM (SELECT customer_id, id, row_number() OVER (PARTITION BY store_id ORDER BY received_at, id) AS number
      FROM bailee.cases) n
WHERE n.customer_id = c.customer_id AND n.id = c.id;

ALTER TABLE bailee.cases
  ALTER COLUMN store_id SET NOT NULL,
  ALTER COLUMN number SET NOT NULL,
  ALTER COLUMN created_at SET NOT NULL,
  ALTER COLUMN updated_at SET NOT NULL,
  -- As evidence a case that is solved or closed serves no more.
  ADD CHECK ((state = 'open') = (status IN ('new', 'open', 'waiting'))),
  ADD CHECK ((waits_since IS NULL) = (due_at IS NULL)),
  ADD CHECK (due_at IS NULL OR status IN ('new', 'open'));

-- A queue is read status by status, each in order, a page at a time: every page is a short walk along an index.
CREATE UNIQUE INDEX cases_number ON bailee.cases (store_id, number);
CREATE INDEX cases_due ON bailee.cases (store_id, status, (COALESCE(due_at, 'infinity'::timestamptz)), id);
CREATE INDEX cases_updated ON bailee.cases (store_id, status, updated_at, id);
CREATE INDEX cases_created ON bailee.cases (store_id, status, created_at, id);
CREATE INDEX cases_assignee ON bailee.cases (assignee, status) WHERE assignee IS NOT NULL;
CREATE INDEX cases_id ON bailee.cases (id);

-- The next number of a store.
CREATE TABLE bailee.case_number (
  store_id uuid PRIMARY KEY,
  next     integer NOT NULL
);
INSERT INTO bailee.case_number (store_id, next) SELECT store_id, max(number) + 1 FROM bailee.cases GROUP BY store_id;

-- What was said in a case, and what became of it. The first words of the customer lie in the case itself.
CREATE TABLE bailee.case_message (
  customer_id uuid NOT NULL,
  case_id     uuid NOT NULL,
  id          uuid NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('incoming', 'answer', 'note', 'event')),
  by          uuid,                          -- person or key; null: the customer, or the shop's own tools
  sent        text CHECK (sent IN ('waiting', 'sent', 'failed', 'none')), -- of an answer: whether it left
  sealed      bytea,                         -- the text, under the customer's service key; null: an event
  change      jsonb,                         -- of an event: what changed, from what to what; ids and names of states
  occurred_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, case_id, id),
  CHECK ((kind = 'event') = (sealed IS NULL)),
  CHECK ((kind = 'event') = (change IS NOT NULL)),
  CHECK ((kind = 'answer') = (sent IS NOT NULL))
);

-- What came with a message: name and content sealed whole, since of a complaint it is the evidence.
CREATE TABLE bailee.case_attachment (
  customer_id uuid NOT NULL,
  case_id     uuid NOT NULL,
  message_id  uuid NOT NULL,
  id          uuid NOT NULL,
  type        text NOT NULL,                 -- media type
  bytes       integer NOT NULL,
  name        bytea NOT NULL,                -- sealed
  sealed      bytea NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, case_id, id)
);

-- Answers that are given again and again. The shop's words, of no customer.
CREATE TABLE bailee.canned_answer (
  id          uuid PRIMARY KEY,
  store_id    uuid NOT NULL REFERENCES bailee.store (id),
  title       text NOT NULL,
  language    text NOT NULL,                 -- BCP 47
  words       text NOT NULL,
  made_by     uuid NOT NULL,
  made_at     timestamptz NOT NULL
);
CREATE INDEX canned_answer_store ON bailee.canned_answer (store_id, title);
