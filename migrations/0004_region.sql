-- Where a customer lives, as coarsely as the law needs it: an ISO 3166-1 country (DE), or 3166-2 where the parts of
-- a country have laws of their own (US-CA). The address itself stays sealed. Null: not known, and then the store's
-- strictest pack applies.
ALTER TABLE bailee.customer ADD COLUMN region text CHECK (region ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$');

-- Who chose: a parent's choice counts where the law asks for one, and shows that this is a child.
CREATE OR REPLACE VIEW bailee.choice_in_force AS
  SELECT h.customer_id, h.id, h.purpose,
         CASE WHEN h.recipient IS NULL THEN h.channel ELSE 'recipient:' || h.recipient END AS channel,
         h.state, h.how, h.received_at, h.request, h.guardian IS NOT NULL AS by_parent
  FROM bailee.choice h
  WHERE h.state = 'refused'
     OR ((h.expires_at IS NULL OR h.expires_at > now())
         AND NOT EXISTS (
           SELECT FROM bailee.customer c JOIN bailee.notice_floor f ON f.store_id = c.store_id
           WHERE c.id = h.customer_id
             AND f.version > coalesce(h.notice, CASE WHEN h.received_at <= f.moved_at THEN 1 ELSE f.version END)));
-- That somebody is a child outlives the choice that showed it: it is looked for beside the choices in force.
CREATE INDEX choice_by_parent ON bailee.choice (customer_id) WHERE guardian IS NOT NULL;

-- The same reading as before in PostgreSQL's binary form (arrays of records): spelling rows as JSON, and bytes as
-- base64 inside it, took longer than finding them. See src/platform/records.ts for the reader.
DROP FUNCTION bailee.lock_and_read(uuid[], integer[], boolean, smallint[]);
CREATE FUNCTION bailee.lock_and_read(ids uuid[], wanted integer[], strong boolean, classes smallint[])
RETURNS TABLE (customers bytea, data_keys bytea, choices bytea, links bytea, field_values bytea)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  -- Who belongs to them is locked with them, at once and in order, so that two never wait for each other in a circle.
  IF EXISTS (SELECT FROM bailee.customer_link l WHERE l.child = ANY (ids) AND l.valid_to IS NULL)
    OR EXISTS (SELECT FROM bailee.customer_link l WHERE l.root = ANY (ids) AND l.valid_to IS NULL) THEN
    ids := ARRAY(SELECT DISTINCT member FROM bailee.cluster(ids));
  END IF;
  -- Each statement sees what was committed when it began: what is read after the lock is as fresh as the lock.
  IF strong THEN
    SELECT array_send(array_agg(ROW(l.id, l.store_id, l.kind, l.restricted_at IS NOT NULL, l.erased_at IS NOT NULL, l.region,
        (SELECT s.country FROM bailee.store s WHERE s.id = l.store_id),
        EXISTS (SELECT FROM bailee.choice p WHERE p.customer_id = l.id AND p.guardian IS NOT NULL))))
      INTO customers
      FROM (SELECT * FROM bailee.customer c WHERE c.id = ANY (ids) ORDER BY c.id FOR UPDATE) AS l;
  ELSE
    SELECT array_send(array_agg(ROW(l.id, l.store_id, l.kind, l.restricted_at IS NOT NULL, l.erased_at IS NOT NULL, l.region,
        (SELECT s.country FROM bailee.store s WHERE s.id = l.store_id),
        EXISTS (SELECT FROM bailee.choice p WHERE p.customer_id = l.id AND p.guardian IS NOT NULL))))
      INTO customers
      FROM (SELECT * FROM bailee.customer c WHERE c.id = ANY (ids) ORDER BY c.id FOR SHARE) AS l;
  END IF;
  SELECT
    (SELECT array_send(array_agg(ROW(k.customer_id, k.class, k.version, k.epoch, k.wrapped, k.commitment)))
       FROM keys.data_key k
       WHERE k.customer_id = ANY (ids) AND (lock_and_read.classes IS NULL OR k.class = ANY (lock_and_read.classes))),
    (SELECT array_send(array_agg(ROW(h.customer_id, h.id, h.purpose, h.channel, h.state, h.how, h.received_at, h.by_parent)))
       FROM bailee.choice_in_force h WHERE h.customer_id = ANY (ids)),
    (SELECT array_send(array_agg(ROW(l.child, l.root, l.valid_from)))
       FROM bailee.customer_link l WHERE (l.child = ANY (ids) OR l.root = ANY (ids)) AND l.valid_to IS NULL),
    CASE WHEN cardinality(wanted) = 0 THEN NULL ELSE
      (SELECT array_send(array_agg(ROW(f.customer_id, f.field_id, f.source, f.row_version, f.sealed, f.occurred_at)))
         FROM bailee.field_value f WHERE f.customer_id = ANY (ids) AND (wanted IS NULL OR f.field_id = ANY (wanted)))
    END
    INTO data_keys, choices, links, field_values;
  RETURN NEXT;
END
$$;
