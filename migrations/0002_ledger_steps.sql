-- A log takes an entry in two steps, as transparency logs do: it is *sequenced* (given its index, durable
-- with what it speaks of), then *integrated* (hashed into the tree). Only the first step stands between a
-- question and its answer, and everyone who appends waits for the row below, so that row holds a number and
-- nothing else. bailee.ledger_head is the tree as far as it is integrated; whoever signs a checkpoint
-- integrates what is missing first.
CREATE TABLE bailee.ledger_sequence (
  one        boolean PRIMARY KEY DEFAULT true CHECK (one),
  next       bigint NOT NULL               -- index of the next entry; all below it are in ledger_entry
);
INSERT INTO bailee.ledger_sequence (next) SELECT size FROM bailee.ledger_head;
