-- The spine of Bailee: what an installation knows, where each part lies, and why.
--
-- Three families of tables, so that a cluster (Citus) can place them apart:
--   customer rows    keyed by customer_id first; one customer's rows lie together
--   token rows       keyed by a keyed hash (blind index); found without any plaintext
--   installation     small, one copy
-- No foreign key joins the first two families. Every column named "sealed" holds
-- AES-256-GCM ciphertext under a key of that customer (schema keys); nothing else in
-- this schema holds personal content. Times are UTC.

-- (schema bailee is made by the migrator, which keeps its own table there)
-- Wrapped keys live in a schema of their own, so that a dump of the data leaves them out.
CREATE SCHEMA keys;

-- ---------------------------------------------------------------- installation

-- A store is a shop. Every key belongs to exactly one; paths never name it.
CREATE TABLE bailee.store (
  id          uuid PRIMARY KEY,
  name        text NOT NULL,
  country     text,                        -- ISO 3166-1 alpha-2 of the shop's establishment
  locale      text NOT NULL DEFAULT 'en',  -- BCP 47; masks follow it when the customer's is unknown
  origins     text[] NOT NULL DEFAULT '{}',-- browser origins that may use its browser keys (CORS)
  demo        boolean NOT NULL DEFAULT false,
  created_at  timestamptz NOT NULL
);

-- Write keys (server, browser) collect; api keys open. Secrets are kept as SHA-256 only:
-- they are 256 random bits, so a plain hash cannot be guessed back.
CREATE TABLE bailee.api_key (
  id          uuid PRIMARY KEY,
  store_id    uuid NOT NULL REFERENCES bailee.store (id),
  kind        text NOT NULL CHECK (kind IN ('server', 'browser', 'api')),
  role        text,                        -- of an api key: support, privacy-officer …
  label       text NOT NULL DEFAULT '',
  hash        bytea NOT NULL UNIQUE,
  created_at  timestamptz NOT NULL,
  revoked_at  timestamptz,
  CHECK ((kind = 'api') = (role IS NOT NULL))
);

-- Catalog and notices are append-only; values and choices refer to them by number.
CREATE TABLE bailee.catalog_version (
  version     integer PRIMARY KEY,
  hash        bytea NOT NULL UNIQUE,       -- SHA-256 of the document
  document    jsonb NOT NULL,
  created_at  timestamptz NOT NULL
);

CREATE TABLE bailee.notice_version (
  store_id    uuid NOT NULL REFERENCES bailee.store (id),
  version     integer NOT NULL,
  language    text NOT NULL,               -- BCP 47
  document    text NOT NULL,               -- the exact text shown
  substance   boolean NOT NULL,            -- declared, never guessed: does this change need new consent?
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (store_id, version, language)
);

-- ---------------------------------------------------------------- customer rows

CREATE TABLE bailee.customer (
  id            uuid PRIMARY KEY,          -- UUIDv7
  store_id      uuid NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('visitor', 'customer', 'guest')),
  created_at    timestamptz NOT NULL,
  restricted_at timestamptz,               -- GDPR art. 18: kept, but not used
  erased_at     timestamptz                -- keys of the erasable classes are gone from here on
);

-- A merge is a link with a life. Rows keep their customer and their key; reads, choices and
-- erasure span the open links; closing a link undoes the merge.
CREATE TABLE bailee.customer_link (
  child       uuid NOT NULL,
  root        uuid NOT NULL,
  id          uuid NOT NULL,
  because     text NOT NULL,               -- the rule that merged: identify, alias …
  valid_from  timestamptz NOT NULL,
  valid_to    timestamptz,
  PRIMARY KEY (child, id),
  CHECK (child <> root)
);
CREATE UNIQUE INDEX customer_link_open ON bailee.customer_link (child) WHERE valid_to IS NULL;
CREATE INDEX customer_link_root ON bailee.customer_link (root) WHERE valid_to IS NULL;

-- The identifier as it was given, sealed: what the blind indexes are rebuilt from after a restore.
CREATE TABLE bailee.customer_identifier (
  customer_id uuid NOT NULL,
  id          uuid NOT NULL,
  kind        smallint NOT NULL,
  verified    boolean NOT NULL,
  row_version integer NOT NULL,
  sealed      bytea NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (customer_id, id)
);

CREATE TABLE bailee.field_value (
  customer_id     uuid NOT NULL,
  field_id        integer NOT NULL,        -- immutable number of the field in the catalog
  source          smallint NOT NULL,       -- 0 the shop's server (verified), 1 a device (claimed)
  row_version     integer NOT NULL,        -- grows with each write; part of the associated data
  sealed          bytea NOT NULL,
  occurred_at     timestamptz NOT NULL,
  received_at     timestamptz NOT NULL,
  catalog_version integer NOT NULL,
  PRIMARY KEY (customer_id, field_id, source)
);

CREATE TABLE bailee.orders (
  customer_id uuid NOT NULL,
  id          uuid NOT NULL,
  state       text NOT NULL CHECK (state IN ('placed', 'updated', 'refunded', 'cancelled')),
  row_version integer NOT NULL,
  sealed      bytea NOT NULL,              -- number, totals, country (class commerce)
  party       bytea,                       -- invoice party, sealed under commerce, for legal-duty alone
  occurred_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, id)
);

CREATE TABLE bailee.order_line (
  customer_id uuid NOT NULL,
  order_id    uuid NOT NULL,
  line_key    bytea NOT NULL,              -- keyed hash of the row and its ordinal: the same line is stored once
  sealed      bytea NOT NULL,
  occurred_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, order_id, line_key)
);

CREATE TABLE bailee.cases (
  customer_id uuid NOT NULL,
  id          uuid NOT NULL,
  order_id    uuid,                        -- the order it is about, where known
  state       text NOT NULL CHECK (state IN ('open', 'closed')),
  row_version integer NOT NULL,
  sealed      bytea NOT NULL,
  occurred_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, id)
);

CREATE TABLE bailee.event (
  customer_id     uuid NOT NULL,
  id              uuid NOT NULL,
  event_id        integer NOT NULL,        -- immutable number of the event in the catalog
  class           smallint NOT NULL,       -- retention class, and so the key
  sealed          bytea NOT NULL,
  occurred_at     timestamptz NOT NULL,    -- corrected for the sender's clock; for display
  received_at     timestamptz NOT NULL,    -- for retention and consent
  catalog_version integer NOT NULL,
  PRIMARY KEY (customer_id, received_at, id)
) PARTITION BY RANGE (received_at);
-- Months are added ahead of time by a job; this one catches what no month holds, so nothing is refused.
CREATE TABLE bailee.event_other PARTITION OF bailee.event DEFAULT;

CREATE TABLE bailee.choice (
  customer_id uuid NOT NULL,
  id          uuid NOT NULL,
  purpose     text NOT NULL,
  channel     text,
  state       text NOT NULL CHECK (state IN ('granted', 'refused')),
  how         text NOT NULL CHECK (how IN ('asserted', 'chosen')),
  notice      integer,
  occurred_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (customer_id, id)
);

-- What a ledger leaf commits to, sealed under the customer's own key (class service).
CREATE TABLE bailee.opening (
  customer_id  uuid NOT NULL,
  id           uuid NOT NULL,
  kind         text NOT NULL,
  ledger_index bigint,                     -- null until the sequencer has placed it
  class        smallint NOT NULL,
  sealed       bytea NOT NULL,             -- canonical entry and salt
  occurred_at  timestamptz NOT NULL,
  PRIMARY KEY (customer_id, id)
);

-- ---------------------------------------------------------------- token rows

CREATE TABLE bailee.identifier (
  store_id    uuid NOT NULL,
  kind        smallint NOT NULL,
  token       bytea NOT NULL,              -- HMAC per store, kind and transform version
  customer_id uuid NOT NULL,
  target_id   uuid,                        -- of an order or case number: the row it names
  verified    boolean NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (store_id, kind, token)
);
CREATE INDEX identifier_customer ON bailee.identifier (customer_id);

-- A messageId is taken once in 90 days.
CREATE TABLE bailee.message (
  store_id    uuid NOT NULL,
  token       bytea NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (store_id, token)
);
CREATE INDEX message_age ON bailee.message USING brin (received_at);

-- What must not come back: HMAC of the identifier under the suppression key.
-- Itself personal data, so it expires.
CREATE TABLE bailee.tombstone (
  store_id    uuid NOT NULL,
  token       bytea NOT NULL,
  erasure_id  uuid NOT NULL,
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  PRIMARY KEY (store_id, token)
);
CREATE INDEX tombstone_erasure ON bailee.tombstone (erasure_id);

-- ---------------------------------------------------------------- quarantine and counts

-- An event that could not be stored, sealed under a key of its own row, gone after 14 days.
CREATE TABLE bailee.quarantine (
  id          uuid PRIMARY KEY,
  store_id    uuid NOT NULL,
  source      text NOT NULL,               -- server, browser, import
  code        text NOT NULL,
  message     text NOT NULL,               -- says what is wrong, never with the value
  tokens      bytea[] NOT NULL,            -- blind tokens of the identifiers inside: erasure finds it by them
  sealed      bytea NOT NULL,
  received_at timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL
);
CREATE INDEX quarantine_tokens ON bailee.quarantine USING gin (tokens);
CREATE INDEX quarantine_page ON bailee.quarantine (store_id, id);

-- What was seen and not stored: names and counts, no content. Sharded, so that batches do not queue here.
CREATE TABLE bailee.uncollected (
  store_id    uuid NOT NULL,
  reason      text NOT NULL,               -- undeclared-event, undeclared-field, no-purpose, erased, junk-identifier …
  name        text NOT NULL,
  shard       smallint NOT NULL,
  count       bigint NOT NULL,
  first_at    timestamptz NOT NULL,
  last_at     timestamptz NOT NULL,
  PRIMARY KEY (store_id, reason, name, shard)
);

-- ---------------------------------------------------------------- erasures, outbox, imports

-- Which customers were erased, by id alone: what a restore replays before it opens.
CREATE TABLE bailee.erasure (
  id           uuid PRIMARY KEY,
  store_id     uuid NOT NULL,
  customers    uuid[] NOT NULL,
  classes      smallint[] NOT NULL,
  tombstones   bytea[] NOT NULL,
  ledger_index bigint NOT NULL,
  ordered_by   text NOT NULL,               -- api key or job: erasures are capped per key
  occurred_at  timestamptz NOT NULL,
  swept_at     timestamptz                 -- physical deletion done
);

CREATE INDEX erasure_ordered ON bailee.erasure (ordered_by, occurred_at);

-- What must happen above after a change below; written in the same transaction.
CREATE TABLE bailee.outbox (
  id          uuid PRIMARY KEY,
  kind        text NOT NULL,
  payload     jsonb NOT NULL,              -- ids only
  created_at  timestamptz NOT NULL,
  done_at     timestamptz
);
CREATE INDEX outbox_waiting ON bailee.outbox (id) WHERE done_at IS NULL;

CREATE TABLE bailee.import (
  id          uuid PRIMARY KEY,
  store_id    uuid NOT NULL,
  fingerprint bytea NOT NULL,              -- keyed hash of all bytes of the file and of the mapping
  lines_done  bigint NOT NULL DEFAULT 0,
  stored      bigint NOT NULL DEFAULT 0,
  duplicates  bigint NOT NULL DEFAULT 0,
  quarantined bigint NOT NULL DEFAULT 0,
  uncollected bigint NOT NULL DEFAULT 0,
  started_at  timestamptz NOT NULL,
  finished_at timestamptz,
  UNIQUE (store_id, fingerprint)
);

-- ---------------------------------------------------------------- ledger

-- One row: how many entries, and the roots of the perfect subtrees (RFC 6962), left to right.
CREATE TABLE bailee.ledger_head (
  one        boolean PRIMARY KEY DEFAULT true CHECK (one),
  size       bigint NOT NULL,
  frontier   bytea NOT NULL                -- 32 bytes per set bit of size, highest first
);
INSERT INTO bailee.ledger_head (size, frontier) VALUES (0, '');

CREATE TABLE bailee.ledger_entry (
  index      bigint PRIMARY KEY,
  leaf       bytea NOT NULL                -- {v, HMAC(salt, canonical entry)}: a commitment, no content
);

-- Roots of full tiles: level 1 covers 256 entries, level 2 covers 65,536 …
CREATE TABLE bailee.ledger_node (
  level      smallint NOT NULL,
  n          bigint NOT NULL,
  hash       bytea NOT NULL,
  PRIMARY KEY (level, n)
);

-- Entries of collecting and jobs wait here for the sequencer, at most a second.
CREATE TABLE bailee.ledger_queue (
  id          uuid PRIMARY KEY,            -- UUIDv7: the order of arrival
  customer_id uuid NOT NULL,
  opening_id  uuid NOT NULL,
  leaf        bytea NOT NULL
);

-- Public keys that ever signed; retired ones stay published.
CREATE TABLE bailee.signing_key (
  vkey        text PRIMARY KEY,
  purpose     text NOT NULL CHECK (purpose IN ('ledger', 'receipt')),
  created_at  timestamptz NOT NULL,
  retired_at  timestamptz
);

-- ---------------------------------------------------------------- keys

-- One random data key per customer and retention class, wrapped under an epoch key.
-- A shredded key keeps its row, so that no one makes it again.
CREATE TABLE keys.data_key (
  customer_id uuid NOT NULL,
  class       smallint NOT NULL,
  version     integer NOT NULL,
  epoch       integer NOT NULL,
  wrapped     bytea,
  commitment  bytea,
  created_at  timestamptz NOT NULL,
  shredded_at timestamptz,
  PRIMARY KEY (customer_id, class, version),
  CHECK ((wrapped IS NULL) = (shredded_at IS NOT NULL))
);
CREATE INDEX data_key_epoch ON keys.data_key (epoch) WHERE wrapped IS NOT NULL;

-- A key for one quarantined row.
CREATE TABLE keys.row_key (
  id          uuid PRIMARY KEY,
  epoch       integer NOT NULL,
  wrapped     bytea NOT NULL,
  commitment  bytea NOT NULL
);

-- The installation's own secrets (blind index, suppression), wrapped like data keys.
CREATE TABLE keys.secret (
  name        text PRIMARY KEY,
  epoch       integer NOT NULL,
  wrapped     bytea NOT NULL,
  commitment  bytea NOT NULL
);

-- Proof that the root at hand is the root these keys were made with. It reveals nothing of it.
CREATE TABLE keys.epoch (
  epoch        integer PRIMARY KEY,
  proof        bytea NOT NULL,
  created_at   timestamptz NOT NULL,
  retired_at   timestamptz,                -- from here on nothing new is wrapped under it
  destroyed_at timestamptz
);

-- ---------------------------------------------------------------- functions

-- Who belongs together: for each asked customer its root, and every member below that root.
CREATE FUNCTION bailee.cluster(asked uuid[])
RETURNS TABLE (customer_id uuid, root uuid, member uuid)
LANGUAGE sql STABLE AS $$
  WITH RECURSIVE up AS (
    SELECT a AS customer_id, a AS at FROM unnest(asked) AS a
    UNION
    SELECT up.customer_id, l.root FROM up
      JOIN bailee.customer_link l ON l.child = up.at AND l.valid_to IS NULL
  ), top AS (
    SELECT up.customer_id, up.at AS root FROM up
    WHERE NOT EXISTS (SELECT FROM bailee.customer_link l WHERE l.child = up.at AND l.valid_to IS NULL)
  ), down AS (
    SELECT top.customer_id, top.root, top.root AS member FROM top
    UNION
    SELECT down.customer_id, down.root, l.child FROM down
      JOIN bailee.customer_link l ON l.root = down.member AND l.valid_to IS NULL
  )
  SELECT customer_id, root, member FROM down
$$;

-- Locks customers and their members in id order, then reads all that a decision about them needs, in one
-- round trip. Each statement of a VOLATILE function sees what was committed when it began: everything after the lock is as
-- fresh as the lock. Sealed bytes travel as base64, times as milliseconds.
CREATE FUNCTION bailee.lock_and_read(ids uuid[], wanted integer[], strong boolean, classes smallint[])
RETURNS TABLE (customers json, data_keys json, choices json, links json, field_values json)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  locked json;
BEGIN
  -- Who belongs to them is locked with them, at once and in order, so that two never wait for each other in a circle.
  IF EXISTS (SELECT FROM bailee.customer_link l WHERE l.child = ANY (ids) AND l.valid_to IS NULL)
    OR EXISTS (SELECT FROM bailee.customer_link l WHERE l.root = ANY (ids) AND l.valid_to IS NULL) THEN
    ids := ARRAY(SELECT DISTINCT member FROM bailee.cluster(ids));
  END IF;
  IF strong THEN
    SELECT json_agg(json_build_array(l.id, l.store_id, l.kind, l.restricted_at IS NOT NULL, l.erased_at IS NOT NULL)) INTO locked
      FROM (SELECT * FROM bailee.customer c WHERE c.id = ANY (ids) ORDER BY c.id FOR UPDATE) AS l;
  ELSE
    SELECT json_agg(json_build_array(l.id, l.store_id, l.kind, l.restricted_at IS NOT NULL, l.erased_at IS NOT NULL)) INTO locked
      FROM (SELECT * FROM bailee.customer c WHERE c.id = ANY (ids) ORDER BY c.id FOR SHARE) AS l;
  END IF;
  RETURN QUERY SELECT
    locked,
    (SELECT json_agg(json_build_array(k.customer_id, k.class, k.version, k.epoch, encode(k.wrapped, 'base64'), encode(k.commitment, 'base64')))
       FROM keys.data_key k WHERE k.customer_id = ANY (ids) AND (lock_and_read.classes IS NULL OR k.class = ANY (lock_and_read.classes))),
    (SELECT json_agg(json_build_array(h.customer_id, h.id, h.purpose, h.channel, h.state, h.how, floor(extract(epoch FROM h.received_at) * 1000)))
       FROM bailee.choice h WHERE h.customer_id = ANY (ids)),
    (SELECT json_agg(json_build_array(l.child, l.root, floor(extract(epoch FROM l.valid_from) * 1000)))
       FROM bailee.customer_link l WHERE (l.child = ANY (ids) OR l.root = ANY (ids)) AND l.valid_to IS NULL),
    CASE WHEN cardinality(wanted) = 0 THEN NULL ELSE
      (SELECT json_agg(json_build_array(f.customer_id, f.field_id, f.source, f.row_version, encode(f.sealed, 'base64'), floor(extract(epoch FROM f.occurred_at) * 1000)))
         FROM bailee.field_value f WHERE f.customer_id = ANY (ids) AND (wanted IS NULL OR f.field_id = ANY (wanted)))
    END;
END
$$;
