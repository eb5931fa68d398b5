-- What a store says of its customers in a word, with what it rests on and when it ends.

-- A tag as the privacy officer defined it. It names nobody, and states no health, belief, politics or money.
CREATE TABLE bailee.tag (
  id          uuid PRIMARY KEY,
  store_id    uuid NOT NULL REFERENCES bailee.store (id),
  name        text NOT NULL,
  meaning     text NOT NULL,               -- in plain words
  rule        text CHECK (rule IN ('orders', 'cases')), -- what is counted; null: people give it by hand
  at_least    integer,                     -- so many of them
  within_days integer,                     -- in so many days
  purposes    text[] NOT NULL,             -- for which alone it is given and shown
  days        integer NOT NULL CHECK (days > 0), -- until it ends by itself
  defined_by  uuid NOT NULL,               -- person or key
  defined_at  timestamptz NOT NULL,
  retired_at  timestamptz,
  CHECK ((rule IS NULL) = (at_least IS NULL) AND (rule IS NULL) = (within_days IS NULL))
);
CREATE UNIQUE INDEX tag_name ON bailee.tag (store_id, lower(name)) WHERE retired_at IS NULL;

-- A customer's tag: ids alone.
CREATE TABLE bailee.customer_tag (
  customer_id uuid NOT NULL,
  tag_id      uuid NOT NULL,
  by_type     text NOT NULL CHECK (by_type IN ('person', 'api-key', 'job')),
  by_id       uuid,                        -- null for a rule
  by_role     text,
  evidence    text NOT NULL,               -- kind: case, order, reason, rule …
  given_at    timestamptz NOT NULL,
  until       timestamptz NOT NULL,
  removed_at  timestamptz,                 -- taken by hand: its rule does not give it again before "until"
  PRIMARY KEY (customer_id, tag_id)
);
CREATE INDEX customer_tag_until ON bailee.customer_tag (until);

-- Callers who are checked by questions: who asked, what came of it, and the right answers, sealed, while they are awaited.
CREATE TABLE bailee.caller_check (
  customer_id    uuid NOT NULL,
  id             uuid NOT NULL,
  store_id       uuid NOT NULL,
  case_id        uuid,                     -- the case it is evidence for; null: asked with other evidence
  asked_by       uuid NOT NULL,            -- person or key; nobody else may answer
  role           text NOT NULL,
  purpose        text NOT NULL,
  state          text NOT NULL CHECK (state IN ('asked', 'passed', 'failed', 'lapsed')),
  asked_at       timestamptz NOT NULL,
  until          timestamptz NOT NULL,     -- to be answered before
  answered_at    timestamptz,
  verified_until timestamptz,
  sealed         bytea,                    -- the right answers, under the customer's service key; null once answered
  PRIMARY KEY (customer_id, id)
);
CREATE INDEX caller_check_until ON bailee.caller_check (until);
