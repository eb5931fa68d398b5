-- What goes when its time is over: how far a run came, what it let go of, and who must be warned before.

-- When somebody was last heard of, over all that belongs together: what they did, bought, asked, chose or told.
CREATE FUNCTION bailee.last_activity(ids uuid[]) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT greatest(
    (SELECT max(c.created_at) FROM bailee.customer c WHERE c.id = ANY (ids)),
    (SELECT max(e.received_at) FROM bailee.event e WHERE e.customer_id = ANY (ids)),
    (SELECT max(greatest(o.received_at, o.occurred_at)) FROM bailee.orders o WHERE o.customer_id = ANY (ids)),
    (SELECT max(k.updated_at) FROM bailee.cases k WHERE k.customer_id = ANY (ids)),
    (SELECT max(h.received_at) FROM bailee.choice h WHERE h.customer_id = ANY (ids)),
    (SELECT max(f.received_at) FROM bailee.field_value f WHERE f.customer_id = ANY (ids)))
$$;

-- What holds a customer's records back: a restriction (GDPR art. 18), a case or a request that is not answered. Null: nothing.
CREATE FUNCTION bailee.held(ids uuid[]) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN EXISTS (SELECT FROM bailee.customer c WHERE c.id = ANY (ids) AND c.restricted_at IS NOT NULL) THEN 'restricted'
    WHEN EXISTS (SELECT FROM bailee.cases k WHERE k.customer_id = ANY (ids) AND k.state = 'open') THEN 'open-case'
    WHEN EXISTS (SELECT FROM bailee.request r WHERE r.customer_id = ANY (ids) AND r.ended_at IS NULL) THEN 'open-request'
  END
$$;

-- One run a day. One that was cut off is taken up again where it stood.
CREATE TABLE bailee.retention_run (
  id          uuid PRIMARY KEY,
  day         text NOT NULL UNIQUE,          -- UTC: 2026-11-22
  started_at  timestamptz NOT NULL,
  finished_at timestamptz
);

-- A step of a run: one kind of records of one store's customers in one region.
CREATE TABLE bailee.retention_step (
  run_id    uuid NOT NULL REFERENCES bailee.retention_run (id),
  store_id  uuid NOT NULL,
  kind      text NOT NULL,
  region    text NOT NULL,                   -- empty: not known
  after     uuid,                            -- the last customer that was looked at
  gone      bigint NOT NULL DEFAULT 0,
  passed    jsonb NOT NULL DEFAULT '{}',     -- why records stayed although their time is over, and how many
  done      boolean NOT NULL DEFAULT false,
  PRIMARY KEY (run_id, store_id, kind, region)
);

-- Customers who must be told before they are erased, where a law asks for it.
CREATE TABLE bailee.retention_warning (
  customer_id uuid PRIMARY KEY,
  store_id    uuid NOT NULL,
  made_at     timestamptz NOT NULL,
  warn_by     timestamptz NOT NULL,
  told_at     timestamptz                    -- when the shop said that it told them; null: not yet
);
CREATE INDEX retention_warning_store ON bailee.retention_warning (store_id, warn_by);
