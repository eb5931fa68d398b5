-- Consent that is proved: what was shown, who said yes or no to it, how and where, and when it stops to hold.

-- ---------------------------------------------------------------- notices

-- What changed and for whom it is shown; the exact text of each language stands in "document".
ALTER TABLE bailee.notice_version
  ADD COLUMN change text NOT NULL DEFAULT '',         -- in a sentence: what is different from the version before
  ADD COLUMN published_by text NOT NULL DEFAULT '';   -- id of the API key, or "operator"

-- Versions below the floor were changed in substance since: a grant on them is stale. One row a store.
CREATE TABLE bailee.notice_floor (
  store_id   uuid PRIMARY KEY REFERENCES bailee.store (id),
  version    integer NOT NULL,
  moved_at   timestamptz NOT NULL
);

-- ---------------------------------------------------------------- choices

-- "how": asserted by a sender; chosen by the person; a signal of their browser (GPC); imported with its proof.
-- Only "chosen" widens what was refused.
ALTER TABLE bailee.choice DROP CONSTRAINT choice_how_check;
ALTER TABLE bailee.choice
  ADD CONSTRAINT choice_how_check CHECK (how IN ('asserted', 'chosen', 'signal', 'imported')),
  ADD COLUMN recipient       text,          -- the one recipient that it is for; null: whoever the purpose reaches
  ADD COLUMN place           text,          -- where it was made: banner, settings, checkout, unsubscribe …
  ADD COLUMN notice_language text,          -- BCP 47; with "notice", names the exact text
  ADD COLUMN region          text,          -- where the person was, as the notice took it
  ADD COLUMN regimes         text[],        -- laws that the notice followed
  ADD COLUMN policy          text,          -- SHA-256 of the terms of the notice
  ADD COLUMN guardian        text,          -- chosen by a parent: how that was verified
  ADD COLUMN request         uuid,          -- the caller's id: the same request counts once
  ADD COLUMN entry           uuid,          -- the opening that holds its entry in the ledger
  ADD COLUMN expires_at      timestamptz,   -- a grant ends here by itself
  ADD CONSTRAINT choice_one_scope CHECK (channel IS NULL OR recipient IS NULL);
CREATE INDEX choice_request ON bailee.choice (request) WHERE request IS NOT NULL;

-- The choices that count: every refusal, and the grants that are neither stale nor over. A choice for one
-- recipient counts like one for a channel of that name: a grant opens no more than it, a refusal is felt by all.
CREATE VIEW bailee.choice_in_force AS
  SELECT h.customer_id, h.id, h.purpose,
         CASE WHEN h.recipient IS NULL THEN h.channel ELSE 'recipient:' || h.recipient END AS channel,
         h.state, h.how, h.received_at, h.request
  FROM bailee.choice h
  WHERE h.state = 'refused'
     OR ((h.expires_at IS NULL OR h.expires_at > now())
         AND (h.notice IS NULL OR NOT EXISTS (
           SELECT FROM bailee.notice_floor f JOIN bailee.customer c ON c.store_id = f.store_id
           WHERE c.id = h.customer_id AND f.version > h.notice)));

-- ---------------------------------------------------------------- without an identifier

-- Refusals of everything by people of whom nothing is known: how many, of which text, from where, on which day.
CREATE TABLE bailee.refusal_count (
  store_id uuid NOT NULL REFERENCES bailee.store (id),
  notice   integer NOT NULL,
  language text NOT NULL,
  region   text NOT NULL,                   -- empty: unknown
  day      text NOT NULL,                   -- UTC: 2026-11-22
  shard    smallint NOT NULL,               -- so that refusals do not queue here
  count    bigint NOT NULL,
  PRIMARY KEY (store_id, notice, language, region, day, shard)
);

-- ---------------------------------------------------------------- settings of a store

-- What a store turned on, and the keys that its backend signs customer tokens with.
CREATE TABLE bailee.consent_setting (
  store_id         uuid PRIMARY KEY REFERENCES bailee.store (id),
  -- Names the derived secrets (customer tokens, webhooks) in force; a higher one retires those before it.
  secrets_number   integer NOT NULL DEFAULT 1,
  token_keys       jsonb NOT NULL DEFAULT '[]',   -- public JWKs (Ed25519, ES256) that also sign customer tokens
  double_opt_in    boolean NOT NULL DEFAULT true, -- a grant of marketing by e-mail waits for a click in a mail
  consent_mode     boolean NOT NULL DEFAULT false,-- Google Consent Mode v2
  tcf              jsonb,                         -- IAB TCF: {cmpId, cmpVersion, vendors}; null: off
  gpp              boolean NOT NULL DEFAULT false -- IAB GPP, US national section
);

-- ---------------------------------------------------------------- functions

-- As in 0001, but only choices in force.
CREATE OR REPLACE FUNCTION bailee.lock_and_read(ids uuid[], wanted integer[], strong boolean, classes smallint[])
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
       FROM bailee.choice_in_force h WHERE h.customer_id = ANY (ids)),
    (SELECT json_agg(json_build_array(l.child, l.root, floor(extract(epoch FROM l.valid_from) * 1000)))
       FROM bailee.customer_link l WHERE (l.child = ANY (ids) OR l.root = ANY (ids)) AND l.valid_to IS NULL),
    CASE WHEN cardinality(wanted) = 0 THEN NULL ELSE
      (SELECT json_agg(json_build_array(f.customer_id, f.field_id, f.source, f.row_version, encode(f.sealed, 'base64'), floor(extract(epoch FROM f.occurred_at) * 1000)))
         FROM bailee.field_value f WHERE f.customer_id = ANY (ids) AND (wanted IS NULL OR f.field_id = ANY (wanted)))
    END;
END
$$;
