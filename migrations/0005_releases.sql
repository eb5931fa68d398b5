-- Releases: figures about customers that leave the vault with noise, each paid from a budget.
-- Nothing here is about one person: an answer carries noise that hides whether anyone is in it.

-- What may be learned in all of one set of data for one purpose, in zero-concentrated differential
-- privacy. Exact fractions as text ('1/50'): a sum of them is neither more nor less than its parts.
CREATE TABLE bailee.privacy_budget (
  store_id    uuid NOT NULL REFERENCES bailee.store (id),
  dataset     text NOT NULL,               -- orders
  purpose     text NOT NULL,
  rho_limit   text NOT NULL,
  delta_limit text NOT NULL,               -- for selecting groups that nobody listed
  rho_spent   text NOT NULL DEFAULT '0',   -- only grows
  delta_spent text NOT NULL DEFAULT '0',
  epsilon     text NOT NULL,               -- (ε, δ) as the privacy officer set it
  delta       text NOT NULL,
  set_at      timestamptz NOT NULL,
  PRIMARY KEY (store_id, dataset, purpose)
);

CREATE TABLE bailee.release (
  id           uuid PRIMARY KEY,
  store_id     uuid NOT NULL REFERENCES bailee.store (id),
  dataset      text NOT NULL,
  purpose      text NOT NULL,
  name         text NOT NULL,
  fingerprint  bytea NOT NULL,             -- SHA-256 of dataset, purpose, question and privacy: the same again is free
  question     jsonb NOT NULL,
  privacy      jsonb NOT NULL,             -- {"rho": …} or {"epsilon": …}, as it was asked
  answer       jsonb NOT NULL,             -- noisy values, and the kind and size of the noise
  rho          text NOT NULL,              -- what it cost
  delta        text NOT NULL,
  roles        text[] NOT NULL,            -- who may fetch it, beside the privacy officer
  made_by      uuid NOT NULL,              -- api key
  made_at      timestamptz NOT NULL,
  until        timestamptz NOT NULL,       -- not to be fetched after
  ledger_index bigint NOT NULL
);
CREATE INDEX release_same ON bailee.release (store_id, fingerprint, until);
