-- Parties outside: the shop's platform and agents who ask for customers, and recipients who must hear of it.

ALTER TABLE bailee.request DROP CONSTRAINT request_proof_check;
ALTER TABLE bailee.request ADD CONSTRAINT request_proof_check
  CHECK (proof IN ('signed-in', 'caller', 'code', 'order', 'document', 'agent', 'shop'));

-- A store's app at Shopify, whose signed messages are believed. Its secrets lie under a key of this row; new secrets
-- make a new row, so that the old ones are gone with their key.
CREATE TABLE bailee.shopify_app (
  id       uuid PRIMARY KEY,
  store_id uuid NOT NULL UNIQUE REFERENCES bailee.store (id),
  domain   text NOT NULL UNIQUE,             -- name.myshopify.com
  sealed   bytea NOT NULL,                   -- the secrets, newest first
  secrets  smallint NOT NULL,                -- how many there are while one replaces another
  set_by   uuid NOT NULL,
  set_at   timestamptz NOT NULL
);

-- The platform asks that all customers of a shop go (shop/redact). An administrator says whether that is right.
CREATE TABLE bailee.shop_redaction (
  id         uuid PRIMARY KEY,
  store_id   uuid NOT NULL REFERENCES bailee.store (id),
  asked_at   timestamptz NOT NULL,
  state      text NOT NULL CHECK (state IN ('waiting', 'confirmed', 'declined', 'done')),
  decided_by uuid,
  decided_at timestamptz,
  ended_at   timestamptz
);
CREATE UNIQUE INDEX shop_redaction_open ON bailee.shop_redaction (store_id) WHERE state IN ('waiting', 'confirmed');

-- Data Rights Protocol 1.0: as which business a store is asked, and the agents whose signed requests are believed.
CREATE TABLE bailee.drp_business (
  store_id uuid PRIMARY KEY REFERENCES bailee.store (id),
  business text NOT NULL UNIQUE,             -- business-id in the service directory
  set_by   uuid NOT NULL,
  set_at   timestamptz NOT NULL
);
CREATE TABLE bailee.drp_agent (
  id         uuid PRIMARY KEY,
  store_id   uuid NOT NULL REFERENCES bailee.store (id),
  agent      text NOT NULL,                  -- agent-id in the service directory
  name       text NOT NULL,
  verify_key bytea NOT NULL,                 -- Ed25519, 32 bytes
  bearer     bytea UNIQUE,                   -- SHA-256 of what it presents; null until it asked for one
  bearer_of  timestamptz,                    -- issued-at of the message that asked: an older one asks for nothing
  added_by   uuid NOT NULL,
  added_at   timestamptz NOT NULL,
  removed_at timestamptz
);
CREATE UNIQUE INDEX drp_agent_present ON bailee.drp_agent (store_id, agent) WHERE removed_at IS NULL;
CREATE INDEX drp_agent_named ON bailee.drp_agent (agent) WHERE removed_at IS NULL;

-- What an agent asked, known or not: nothing of the person stands here. Who it was says the request, where there is one.
CREATE TABLE bailee.drp_request (
  id            uuid PRIMARY KEY,            -- request_id
  store_id      uuid NOT NULL,
  agent         uuid NOT NULL REFERENCES bailee.drp_agent (id),
  content       bytea NOT NULL,              -- keyed hash of the signed message: the same one acts once
  agent_request text,                        -- agent-request-id
  exercise      text NOT NULL,
  vouched       boolean NOT NULL,            -- the agent says that it verified the address
  request       uuid,                        -- null: nobody was found
  joined        boolean NOT NULL,            -- the request was somebody else's before
  received_at   timestamptz NOT NULL,
  expected_by   timestamptz NOT NULL,
  revoked_at    timestamptz,
  UNIQUE (agent, content)
);

-- How often messages of an agent were refused, and why.
CREATE TABLE bailee.drp_refusal (
  agent  uuid NOT NULL REFERENCES bailee.drp_agent (id),
  reason text NOT NULL,
  day    date NOT NULL,                      -- UTC
  count  integer NOT NULL,
  PRIMARY KEY (agent, reason, day)
);

-- Whoever received data of this store's customers, and how they are told what became of it.
CREATE TABLE bailee.recipient (
  id         uuid PRIMARY KEY,
  store_id   uuid NOT NULL REFERENCES bailee.store (id),
  name       text NOT NULL,                  -- as in choices for one recipient
  protocol   text NOT NULL CHECK (protocol IN ('webhook', 'opendsr', 'ketch')),
  url        text NOT NULL,
  identify   text NOT NULL CHECK (identify IN ('pseudonym', 'email-sha256', 'account')),
  purposes   text[] NOT NULL,                -- for what they got it
  fields     text[] NOT NULL,                -- what they got
  sealed     bytea NOT NULL,                 -- the secret that both sign with, and the header that they ask for
  verify_key bytea,                          -- Ed25519, 32 bytes: signs what they confirm; null: the secret does
  made_by    uuid NOT NULL,
  made_at    timestamptz NOT NULL,
  removed_at timestamptz
);
CREATE UNIQUE INDEX recipient_named ON bailee.recipient (store_id, name) WHERE removed_at IS NULL;

-- One message to one recipient. By whom they know the customer is sealed under a key of the row, and goes with that key
-- once they were told, or nobody tries any more.
CREATE TABLE bailee.recipient_delivery (
  id           uuid PRIMARY KEY,
  store_id     uuid NOT NULL,
  recipient_id uuid NOT NULL REFERENCES bailee.recipient (id),
  kind         text NOT NULL CHECK (kind IN ('erasure', 'objection')),
  erasure_id   uuid,
  request_id   uuid,
  state        text NOT NULL CHECK (state IN ('waiting', 'delivered', 'confirmed', 'refused', 'given-up', 'not-known')),
  tries        smallint NOT NULL DEFAULT 0,
  next_at      timestamptz NOT NULL,
  leased_until timestamptz,                  -- a node is sending it
  sealed       bytea,
  made_at      timestamptz NOT NULL,
  answered     smallint,                     -- HTTP status of the last try; null: none came
  delivered_at timestamptz,
  confirmed_at timestamptz,
  outcome      text,                         -- what they say that they did
  signature    text,                         -- over it, for whoever holds their key
  said         text,                         -- what it signs: id, time and outcome
  CHECK ((state = 'waiting') = (sealed IS NOT NULL))
);
CREATE INDEX recipient_delivery_due ON bailee.recipient_delivery (next_at) WHERE state = 'waiting';
CREATE INDEX recipient_delivery_erasure ON bailee.recipient_delivery (erasure_id);
CREATE INDEX recipient_delivery_request ON bailee.recipient_delivery (request_id);
CREATE INDEX recipient_delivery_recipient ON bailee.recipient_delivery (recipient_id, state);
