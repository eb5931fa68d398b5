-- Where a customer lives, as coarsely as the law needs it: an ISO 3166-1 country (DE), or 3166-2 where the parts of
-- a country have laws of their own (US-CA). The address itself stays sealed. Null: not known, and then the store's
-- strictest pack applies.
ALTER TABLE bailee.customer ADD COLUMN region text CHECK (region ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$');
