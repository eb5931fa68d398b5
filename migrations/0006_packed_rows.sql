-- Rows for a decision travel as one value a table: the columns of each row in PostgreSQL's binary form, one row after
-- the other. As arrays of records, forming the records took longer than finding the rows. See src/platform/records.ts
-- for the reader.

-- A column that may be absent, or of any length: its length before it, -1 for NULL. Every column that is packed without
-- it is NOT NULL in its table (of a row with a NULL nothing would be left).
CREATE FUNCTION bailee.pack(bytes bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS 'SELECT coalesce(int4send(octet_length(bytes)) || bytes, int4send(-1))';
CREATE FUNCTION bailee.pack(words text) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
  AS 'SELECT coalesce(int4send(octet_length(textsend(words))) || textsend(words), int4send(-1))';

-- Locks customers and their members in id order, then reads all that a decision about them needs, in one round trip.
-- "wanted": numbers of the fields, NULL for all. "classes": retention classes of the keys, NULL for all.
CREATE OR REPLACE FUNCTION bailee.lock_and_read(ids uuid[], wanted integer[], strong boolean, classes smallint[])
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
    SELECT string_agg(uuid_send(l.id) || uuid_send(l.store_id) || bailee.pack(l.kind)
        || boolsend(l.restricted_at IS NOT NULL) || boolsend(l.erased_at IS NOT NULL) || bailee.pack(l.region)
        || bailee.pack((SELECT s.country FROM bailee.store s WHERE s.id = l.store_id))
        || boolsend(EXISTS (SELECT FROM bailee.choice p WHERE p.customer_id = l.id AND p.guardian IS NOT NULL)), '')
      INTO customers
      FROM (SELECT * FROM bailee.customer c WHERE c.id = ANY (ids) ORDER BY c.id FOR UPDATE) AS l;
  ELSE
    SELECT string_agg(uuid_send(l.id) || uuid_send(l.store_id) || bailee.pack(l.kind)
        || boolsend(l.restricted_at IS NOT NULL) || boolsend(l.erased_at IS NOT NULL) || bailee.pack(l.region)
        || bailee.pack((SELECT s.country FROM bailee.store s WHERE s.id = l.store_id))
        || boolsend(EXISTS (SELECT FROM bailee.choice p WHERE p.customer_id = l.id AND p.guardian IS NOT NULL)), '')
      INTO customers
      FROM (SELECT * FROM bailee.customer c WHERE c.id = ANY (ids) ORDER BY c.id FOR SHARE) AS l;
  END IF;
  SELECT
    CASE WHEN lock_and_read.classes IS NULL THEN
      (SELECT string_agg(uuid_send(k.customer_id) || int2send(k.class) || int4send(k.version) || int4send(k.epoch)
          || bailee.pack(k.wrapped) || bailee.pack(k.commitment), '')
         FROM keys.data_key k WHERE k.customer_id = ANY (ids))
    ELSE
      -- Of a few classes the index finds the rows by class too.
      (SELECT string_agg(uuid_send(k.customer_id) || int2send(k.class) || int4send(k.version) || int4send(k.epoch)
          || bailee.pack(k.wrapped) || bailee.pack(k.commitment), '')
         FROM keys.data_key k WHERE k.customer_id = ANY (ids) AND k.class = ANY (lock_and_read.classes))
    END,
    (SELECT string_agg(uuid_send(h.customer_id) || uuid_send(h.id) || bailee.pack(h.purpose) || bailee.pack(h.channel)
        || bailee.pack(h.state) || bailee.pack(h.how) || timestamptz_send(h.received_at) || boolsend(h.by_parent), '')
       FROM bailee.choice_in_force h WHERE h.customer_id = ANY (ids)),
    (SELECT string_agg(uuid_send(l.child) || uuid_send(l.root) || timestamptz_send(l.valid_from), '')
       FROM bailee.customer_link l WHERE (l.child = ANY (ids) OR l.root = ANY (ids)) AND l.valid_to IS NULL),
    CASE WHEN cardinality(wanted) = 0 THEN NULL ELSE
      (SELECT string_agg(uuid_send(f.customer_id) || int4send(f.field_id) || int2send(f.source)
          || int4send(f.row_version) || bailee.pack(f.sealed) || timestamptz_send(f.occurred_at), '')
         FROM bailee.field_value f WHERE f.customer_id = ANY (ids) AND (wanted IS NULL OR f.field_id = ANY (wanted)))
    END
    INTO data_keys, choices, links, field_values;
  RETURN NEXT;
END
$$;
