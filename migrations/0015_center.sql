-- How customers sign in to the privacy center. Nothing of it outlives its use, and none of it is in a backup: after a
-- restore everybody signs in anew.

-- A customer who is signed in. The value is in the cookie and nowhere else.
CREATE TABLE bailee.center_session (
  id          uuid PRIMARY KEY,
  store_id    uuid NOT NULL REFERENCES bailee.store (id),
  customer_id uuid NOT NULL,
  hash        bytea NOT NULL UNIQUE,       -- SHA-256 of 256 random bits
  strength    text NOT NULL CHECK (strength IN ('signed-in', 'code', 'order')),
  started_at  timestamptz NOT NULL,
  seen_at     timestamptz NOT NULL,        -- written at most once a minute
  expires_at  timestamptz NOT NULL         -- half an hour after it was seen, eight hours after it began at the latest
);
CREATE INDEX center_session_customer ON bailee.center_session (customer_id);
CREATE INDEX center_session_over ON bailee.center_session (expires_at);

-- A code for an address that somebody typed, whether anybody is known by it or not: whoever looks at these rows cannot
-- tell, and nor can whoever asks for a code. Only afterwards is it looked up, and the mail sent or not.
CREATE TABLE bailee.center_code (
  id          uuid PRIMARY KEY,
  store_id    uuid NOT NULL REFERENCES bailee.store (id),
  holder      bytea NOT NULL UNIQUE,       -- SHA-256 of 256 random bits that the asking browser keeps: nobody else may guess
  address     bytea NOT NULL,              -- keyed hash of the address
  hash        bytea NOT NULL,              -- keyed hash of the code
  sealed      bytea,                       -- address, language and code, until the mail is sent or not
  guesses     integer NOT NULL DEFAULT 0,  -- counted before they are judged
  made_at     timestamptz NOT NULL,
  until       timestamptz NOT NULL,
  used_at     timestamptz
);
CREATE INDEX center_code_waiting ON bailee.center_code (made_at) WHERE sealed IS NOT NULL;
CREATE INDEX center_code_over ON bailee.center_code (until);

-- Tokens by which the shop handed a customer over: each works once, also across a restore, which leaves this table alone.
CREATE TABLE bailee.center_handover (
  store_id    uuid NOT NULL,
  hash        bytea NOT NULL,              -- keyed hash of its "jti"
  until       timestamptz NOT NULL,        -- from then on it is over anyway
  PRIMARY KEY (store_id, hash)
);
CREATE INDEX center_handover_over ON bailee.center_handover (until);
