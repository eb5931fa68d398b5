-- Requests of customers about their data. Nothing here is sealed, since nothing here is anybody's words: kinds, states,
-- days and ids. So the row outlives the customer's keys, and is the evidence that the shop answered, without the data.

CREATE TABLE bailee.request (
  customer_id      uuid NOT NULL,
  id               uuid NOT NULL,
  store_id         uuid NOT NULL,
  number           integer NOT NULL,         -- counted per store, for talking about it
  kind             text NOT NULL CHECK (kind IN ('access', 'portability', 'correction', 'erasure', 'restriction', 'objection',
                     'withdrawal', 'opt-out', 'limit-sensitive', 'human-review', 'complaint')),
  state            text NOT NULL CHECK (state IN ('received', 'identity-checked', 'in-progress', 'extended', 'fulfilled',
                     'refused', 'appealed', 'withdrawn')),
  channel          text NOT NULL CHECK (channel IN ('center', 'mail', 'letter', 'phone', 'shop', 'import')),
  region           text,                     -- where the customer lived and the store was when it came: whose law counts
  country          text,
  zone             text NOT NULL,            -- whose calendar counts, IANA
  received_at      timestamptz NOT NULL,
  received_on      date NOT NULL,            -- the same in that zone
  acknowledge_on   date,                     -- last day for telling the customer that it came; null: no law asks for it
  acknowledged_at  timestamptz,
  due_on           date NOT NULL,            -- last day for the answer
  due_at           timestamptz NOT NULL,     -- the end of that day
  extended_at      timestamptz,
  extended_because text,
  waits_since      timestamptz,              -- since when the shop waits for the customer
  waited           integer NOT NULL DEFAULT 0, -- whole days that it waited before
  proof            text CHECK (proof IN ('signed-in', 'caller', 'code', 'order', 'document', 'agent')),
  proved_at        timestamptz,
  handler          uuid,                     -- person or key that took it up
  refused_because  text,
  ended_at         timestamptz,              -- fulfilled, refused or withdrawn
  appealed_at      timestamptz,
  made_by          uuid,                     -- null: the customer
  version          integer NOT NULL DEFAULT 1,
  PRIMARY KEY (customer_id, id),
  CHECK ((state IN ('fulfilled', 'refused', 'withdrawn')) = (ended_at IS NOT NULL)),
  CHECK ((proof IS NULL) = (proved_at IS NULL)),
  CHECK (state <> 'refused' OR refused_because IS NOT NULL)
);
CREATE UNIQUE INDEX request_id ON bailee.request (id);
CREATE UNIQUE INDEX request_numbered ON bailee.request (store_id, number);
-- The queue is read along one of these two.
CREATE INDEX request_due ON bailee.request (store_id, due_at, id) WHERE ended_at IS NULL;
CREATE INDEX request_ended ON bailee.request (store_id, ended_at, id) WHERE ended_at IS NOT NULL;

-- What the day begins with, counted without walking along all that is open.
CREATE INDEX request_unproved ON bailee.request (store_id) WHERE ended_at IS NULL AND state = 'received';
CREATE INDEX request_untold ON bailee.request (store_id)
  WHERE ended_at IS NULL AND acknowledge_on IS NOT NULL AND acknowledged_at IS NULL;

CREATE TABLE bailee.request_number (
  store_id uuid PRIMARY KEY,
  next     integer NOT NULL
);

-- What was done, in order. Details are names of reasons, fields and days; never a value.
CREATE TABLE bailee.request_step (
  customer_id uuid NOT NULL,
  request_id  uuid NOT NULL,
  id          uuid NOT NULL,
  step        text NOT NULL,
  by          uuid,                          -- null: the customer, or a job
  details     jsonb NOT NULL,
  occurred_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, request_id, id)
);
