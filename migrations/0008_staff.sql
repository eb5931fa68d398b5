-- People who work for a store: who they are, what they may, and how they sign in. Names and addresses are sealed under
-- keys of their own (keys.data_key, owner = person), so that what is recorded of staff can be shredded in its turn.

CREATE TABLE bailee.person (
  id              uuid PRIMARY KEY,
  store_id        uuid NOT NULL REFERENCES bailee.store (id),
  state           text NOT NULL CHECK (state IN ('invited', 'active', 'left')),
  language        text NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'zh-CN')),
  email_token     bytea UNIQUE,              -- keyed hash of the address; null once what was recorded has expired
  known_token     bytea,                     -- the same address as a customer's, under another key: colleagues look each other up nowhere
  sealed          bytea,                     -- name and address, under the person's identity key; null once expired
  row_version     integer NOT NULL DEFAULT 1,
  password        text,                      -- argon2id (RFC 9106), PHC string; null: signs in another way
  totp            bytea,                     -- sealed secret of the authenticator app (RFC 6238); null: none yet
  totp_step       bigint,                    -- the last step that was used: a code works once
  created_at      timestamptz NOT NULL,
  joined_at       timestamptz,
  left_at         timestamptz,
  seen_at         timestamptz,
  reviewed_at     timestamptz                -- when somebody last confirmed these roles
);
CREATE INDEX person_store ON bailee.person (store_id);
CREATE INDEX person_known ON bailee.person (known_token);

CREATE TABLE bailee.person_role (
  person_id       uuid NOT NULL REFERENCES bailee.person (id),
  role            text NOT NULL,
  since           timestamptz NOT NULL,
  until           timestamptz,               -- access ends by itself; null: until it is taken
  PRIMARY KEY (person_id, role)
);

CREATE TABLE bailee.team (
  id              uuid PRIMARY KEY,
  store_id        uuid NOT NULL REFERENCES bailee.store (id),
  name            text NOT NULL,
  created_at      timestamptz NOT NULL,
  UNIQUE (store_id, name)
);
CREATE TABLE bailee.team_member (
  team_id         uuid NOT NULL REFERENCES bailee.team (id) ON DELETE CASCADE,
  person_id       uuid NOT NULL REFERENCES bailee.person (id),
  PRIMARY KEY (team_id, person_id)
);

-- A link that lets somebody set a password: the first time, or when all proofs are lost. Works once.
CREATE TABLE bailee.invitation (
  id              uuid PRIMARY KEY,
  person_id       uuid NOT NULL REFERENCES bailee.person (id),
  kind            text NOT NULL CHECK (kind IN ('join', 'recover')),
  hash            bytea NOT NULL UNIQUE,     -- SHA-256 of 256 random bits
  made_by         uuid NOT NULL,
  until           timestamptz NOT NULL,
  used_at         timestamptz
);

CREATE TABLE bailee.recovery_code (
  person_id       uuid NOT NULL REFERENCES bailee.person (id),
  hash            bytea NOT NULL,            -- keyed with the person's id, so that equal codes of two people differ
  used_at         timestamptz,
  PRIMARY KEY (person_id, hash)
);

-- A passkey (WebAuthn Level 3). What is kept is public.
CREATE TABLE bailee.passkey (
  id              bytea PRIMARY KEY,         -- credential id
  person_id       uuid NOT NULL REFERENCES bailee.person (id),
  public_key      bytea NOT NULL,            -- COSE
  counter         bigint NOT NULL,
  transports      text[] NOT NULL DEFAULT '{}',
  label           text NOT NULL,
  created_at      timestamptz NOT NULL,
  used_at         timestamptz
);
CREATE INDEX passkey_person ON bailee.passkey (person_id);

-- A question that was asked of a browser, and is answered once: a passkey's challenge, a sign-in at the company's provider.
CREATE TABLE bailee.sign_in_question (
  hash            bytea PRIMARY KEY,         -- SHA-256 of what the browser holds
  kind            text NOT NULL CHECK (kind IN ('passkey', 'passkey-new', 'passkey-step-up', 'openid')),
  person_id       uuid,
  details         jsonb NOT NULL,            -- challenge; nonce and PKCE verifier
  until           timestamptz NOT NULL
);
CREATE INDEX sign_in_question_until ON bailee.sign_in_question (until);

-- The company's own sign-in (OpenID Connect), by the provider's name for the person.
CREATE TABLE bailee.openid_link (
  issuer          text NOT NULL,
  subject         bytea NOT NULL,            -- keyed hash
  person_id       uuid NOT NULL REFERENCES bailee.person (id),
  linked_at       timestamptz NOT NULL,
  PRIMARY KEY (issuer, subject)
);

-- A session is an opaque 256-bit value in the browser; here is its SHA-256 alone. Read anew at every request.
CREATE TABLE bailee.session (
  id              uuid PRIMARY KEY,
  person_id       uuid NOT NULL REFERENCES bailee.person (id),
  hash            bytea NOT NULL UNIQUE,
  whole           boolean NOT NULL,          -- false: the first factor alone was shown
  role            text,                      -- in which it acts; null until whole
  factors         text[] NOT NULL,
  device          text NOT NULL,             -- "Firefox on Windows": no more is kept
  started_at      timestamptz NOT NULL,
  seen_at         timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  stepped_up_until timestamptz,
  ended_at        timestamptz
);
CREATE INDEX session_person ON bailee.session (person_id) WHERE ended_at IS NULL;
CREATE INDEX session_expiry ON bailee.session (expires_at);

-- Wrong tries, counted apart for each account and each network it comes from, in windows of time.
CREATE TABLE bailee.sign_in_try (
  who             bytea NOT NULL,            -- keyed hash of an account, or of account and network
  since           timestamptz NOT NULL,
  count           integer NOT NULL,
  PRIMARY KEY (who)
);
CREATE INDEX sign_in_try_since ON bailee.sign_in_try (since);

-- A review of who may what, signed off.
CREATE TABLE bailee.access_review (
  id              uuid PRIMARY KEY,
  store_id        uuid NOT NULL REFERENCES bailee.store (id),
  reviewer        uuid NOT NULL,
  reviewed_at     timestamptz NOT NULL,
  kept            integer NOT NULL,
  taken           integer NOT NULL
);

ALTER TABLE bailee.api_key ADD COLUMN until timestamptz, ADD COLUMN used_at timestamptz, ADD COLUMN made_by uuid;

ALTER TABLE bailee.alert DROP CONSTRAINT alert_kind_check;
ALTER TABLE bailee.alert ADD CONSTRAINT alert_kind_check
  CHECK (kind IN ('break-glass', 'person-known', 'approval-alone', 'recovery', 'rights-given'));
