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
-- A grant that names no notice (asserted by a sender, imported) is stale too once a change of substance came after
-- it: nobody can have agreed to a text that was not there yet. A store's first notice changes nothing.
CREATE VIEW bailee.choice_in_force AS
  SELECT h.customer_id, h.id, h.purpose,
         CASE WHEN h.recipient IS NULL THEN h.channel ELSE 'recipient:' || h.recipient END AS channel,
         h.state, h.how, h.received_at, h.request
  FROM bailee.choice h
  WHERE h.state = 'refused'
     OR ((h.expires_at IS NULL OR h.expires_at > now())
         AND NOT EXISTS (
           SELECT FROM bailee.customer c JOIN bailee.notice_floor f ON f.store_id = c.store_id
           WHERE c.id = h.customer_id
             AND f.version > coalesce(h.notice, CASE WHEN h.received_at <= f.moved_at THEN 1 ELSE f.version END)));

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
