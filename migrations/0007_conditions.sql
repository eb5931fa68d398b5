-- Conditions of people at the gate: training, people one knows, a second person's approval, break-glass, alerts.
-- A person is named by id alone; rows about customers hold ids, and texts only sealed.

-- Which course somebody passed. What was answered is kept nowhere.
CREATE TABLE bailee.training (
  person_id   uuid NOT NULL,
  course      text NOT NULL,               -- as in packs/training
  attempts    integer NOT NULL,            -- all of them, the passed ones too
  answered_at timestamptz NOT NULL,        -- the last of them
  version     integer,                     -- of the course that was passed; null: never passed
  passed_at   timestamptz,
  until       timestamptz,
  PRIMARY KEY (person_id, course)
);

-- Whom a person must not look up: declared by themselves. Keyed hashes of blind tokens, another key for each person,
-- so that the row names no customer and can be joined to none. Not in dumps: it travels in the keys file, sealed.
CREATE TABLE bailee.known_person (
  id          uuid PRIMARY KEY,
  store_id    uuid NOT NULL REFERENCES bailee.store (id),
  person_id   uuid NOT NULL,
  relation    text NOT NULL CHECK (relation IN ('self', 'declared')),
  kind        smallint NOT NULL,           -- number of the identifier's kind
  token       bytea NOT NULL,
  declared_at timestamptz NOT NULL,
  UNIQUE (store_id, person_id, kind, token)
);

-- The two-person rule: one opening of highly sensitive fields, asked by one and approved by another.
CREATE TABLE bailee.approval (
  id          uuid PRIMARY KEY,
  store_id    uuid NOT NULL REFERENCES bailee.store (id),
  customer_id uuid NOT NULL,
  asked_by    uuid NOT NULL,
  role        text NOT NULL,               -- in which it was asked, and in which alone it opens
  fields      text[] NOT NULL,
  purpose     text NOT NULL,
  evidence    text NOT NULL,               -- kind of evidence it was asked with
  state       text NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'used')),
  asked_at    timestamptz NOT NULL,
  decided_by  uuid,                        -- null while asked, and where nobody else could approve
  decided_at  timestamptz,
  opens_at    timestamptz,                 -- not before; later than decided_at where a delay stands for the second person
  until       timestamptz NOT NULL,        -- as long as it waits, then as long as it opens
  used_at     timestamptz,
  sealed      bytea NOT NULL               -- the reason, under the customer's service key
);
CREATE INDEX approval_customer ON bailee.approval (customer_id, asked_by);
CREATE INDEX approval_waiting ON bailee.approval (store_id, asked_at) WHERE state = 'asked';

-- Break-glass: half an hour of one customer without a case, announced at once, reviewed by another person.
CREATE TABLE bailee.break_glass (
  id          uuid PRIMARY KEY,
  store_id    uuid NOT NULL REFERENCES bailee.store (id),
  customer_id uuid,                        -- null once the customer is erased
  person_id   uuid NOT NULL,
  role        text NOT NULL,
  purpose     text NOT NULL,
  broken_at   timestamptz NOT NULL,
  until       timestamptz NOT NULL,
  state       text NOT NULL CHECK (state IN ('unreviewed', 'justified', 'not-justified')),
  reviewed_by uuid,
  reviewed_at timestamptz,
  sealed      bytea                        -- the reason, under the customer's service key; null once erased
);
CREATE INDEX break_glass_person ON bailee.break_glass (person_id, broken_at);
CREATE INDEX break_glass_customer ON bailee.break_glass (customer_id);

-- What the privacy officer and security must see at once.
CREATE TABLE bailee.alert (
  id          uuid PRIMARY KEY,
  store_id    uuid NOT NULL REFERENCES bailee.store (id),
  kind        text NOT NULL CHECK (kind IN ('break-glass', 'person-known', 'approval-alone')),
  person_id   uuid NOT NULL,               -- who did it
  customer_id uuid,                        -- null: nobody was found, or the customer is erased
  subject     uuid,                        -- the approval or the break-glass
  raised_at   timestamptz NOT NULL,
  seen_by     uuid,
  seen_at     timestamptz
);
CREATE INDEX alert_store ON bailee.alert (store_id, raised_at DESC);
CREATE INDEX alert_customer ON bailee.alert (customer_id);
