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
