/** What the doctor asks the installation's own tables: counts and times, nothing of a person. */
import type { Tx } from '../platform/ports.ts';

export interface Waiting {
  readonly count: number;
  /** When the oldest was left; null when nothing waits. */
  readonly oldest: Date | null;
}

/** UUIDv7: the first 48 bits are the time in milliseconds. */
function timeOf(id: string | null): Date | null {
  return id === null ? null : new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));
}

async function waiting(tx: Tx, text: string): Promise<Waiting> {
  const { rows } = await tx.query<{ count: string; oldest: string | null }>({ text });
  return { count: Number(rows[0]?.count ?? 0), oldest: timeOf(rows[0]?.oldest ?? null) };
}

/** Entries that wait for the sequencer. */
export function queuedEntries(tx: Tx): Promise<Waiting> {
  return waiting(tx, 'SELECT count(*) AS count, min(id::text) AS oldest FROM bailee.ledger_queue');
}

/** Messages that wait for the rooms above. */
export function waitingMessages(tx: Tx): Promise<Waiting> {
  return waiting(
    tx,
    'SELECT count(*) AS count, min(id::text) AS oldest FROM bailee.outbox WHERE done_at IS NULL',
  );
}

/** Erasures whose rows still lie on the disk (their keys are gone). */
export function unsweptErasures(tx: Tx): Promise<Waiting> {
  return waiting(
    tx,
    'SELECT count(*) AS count, min(id::text) AS oldest FROM bailee.erasure WHERE swept_at IS NULL',
  );
}

/** Events in quarantine. */
export function quarantined(tx: Tx): Promise<Waiting> {
  return waiting(tx, 'SELECT count(*) AS count, min(id::text) AS oldest FROM bailee.quarantine');
}

/** Ids of all erasures, a page at a time. */
export async function* erasureIds(tx: Tx): AsyncGenerator<string[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await tx.query<{ id: string }>({
      text: 'SELECT id FROM bailee.erasure WHERE id > $1 ORDER BY id LIMIT 1000',
      values: [after],
    });
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    yield rows.map((row) => row.id);
  }
}

/** The server's own version, in words. */
export async function engineVersion(tx: Tx): Promise<string> {
  const { rows } = await tx.query<{ version: string }>({
    text: "SELECT current_setting('server_version') AS version",
  });
  return rows[0]?.version ?? 'unknown';
}
