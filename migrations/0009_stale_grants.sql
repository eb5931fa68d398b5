-- A grant that names no notice (asserted by a sender, imported) is stale too once a change of substance came after
-- it: nobody can have agreed to a text that was not there yet. A store's first notice changes nothing.
CREATE OR REPLACE VIEW bailee.choice_in_force AS
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
