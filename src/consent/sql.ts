/** Queries for notices, anonymous refusals and what a store turned on. Nothing here is about a person. */
import type { Tx } from '../platform/ports.ts';

export interface NoticeRow {
  readonly version: number;
  readonly language: string;
  readonly document: string;
  readonly substance: boolean;
}

export interface NewNotice extends NoticeRow {
  readonly store: string;
  readonly change: string;
  readonly publishedBy: string;
}

/** The newest version of a store's notice; 0 when there is none. */
export async function newestVersion(tx: Tx, store: string): Promise<number> {
  const { rows } = await tx.query<{ version: number | null }>({
    name: 'notice_newest',
    text: 'SELECT max(version) AS version FROM bailee.notice_version WHERE store_id = $1',
    values: [store],
  });
  return rows[0]?.version ?? 0;
}

/** One language of a version. */
export async function readNotice(
  tx: Tx,
  store: string,
  version: number,
  language: string,
): Promise<NoticeRow | null> {
  const { rows } = await tx.query<NoticeRow>({
    name: 'notice_read',
    text: `SELECT version, language, document, substance FROM bailee.notice_version
           WHERE store_id = $1 AND version = $2 AND language = $3`,
    values: [store, version, language],
  });
  return rows[0] ?? null;
}

/** All languages of a version that were shown or published so far. */
export async function readLanguages(tx: Tx, store: string, version: number): Promise<NoticeRow[]> {
  const { rows } = await tx.query<NoticeRow>({
    name: 'notice_languages',
    text: `SELECT version, language, document, substance FROM bailee.notice_version
           WHERE store_id = $1 AND version = $2 ORDER BY language`,
    values: [store, version],
  });
  return rows;
}

export interface VersionRow {
  readonly version: number;
  readonly change: string;
  readonly substance: boolean;
  readonly published_by: string;
  readonly created_at: Date;
  readonly languages: string[];
}

/** The newest 200 versions, newest first. */
export async function readVersions(tx: Tx, store: string): Promise<VersionRow[]> {
  const { rows } = await tx.query<VersionRow>({
    name: 'notice_versions',
    text: `SELECT version, max(change) AS change, bool_or(substance) AS substance,
             max(published_by) AS published_by, min(created_at) AS created_at,
             array_agg(language ORDER BY language) AS languages
           FROM bailee.notice_version WHERE store_id = $1
           GROUP BY version ORDER BY version DESC LIMIT 200`,
    values: [store],
  });
  return rows;
}

/** Adds rows; what is there already stays as it is. */
export async function addNotices(tx: Tx, notices: readonly NewNotice[], at: Date): Promise<void> {
  for (const notice of notices)
    await tx.query({
      name: 'notice_add',
      text: `INSERT INTO bailee.notice_version
               (store_id, version, language, document, substance, change, published_by, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      values: [
        notice.store,
        notice.version,
        notice.language,
        notice.document,
        notice.substance,
        notice.change,
        notice.publishedBy,
        at,
      ],
    });
}

/** Grants on versions below `version` are stale from now on. */
export async function moveFloor(tx: Tx, store: string, version: number, at: Date): Promise<void> {
  await tx.query({
    name: 'notice_floor_move',
    text: `INSERT INTO bailee.notice_floor (store_id, version, moved_at) VALUES ($1, $2, $3)
           ON CONFLICT (store_id) DO UPDATE SET version = GREATEST(notice_floor.version, $2), moved_at = $3`,
    values: [store, version, at],
  });
}

/** The lowest version on which a grant still holds. */
export async function readFloor(tx: Tx, store: string): Promise<number> {
  const { rows } = await tx.query<{ version: number }>({
    name: 'notice_floor',
    text: 'SELECT version FROM bailee.notice_floor WHERE store_id = $1',
    values: [store],
  });
  return rows[0]?.version ?? 1;
}

export interface RefusalPlace {
  readonly store: string;
  /** 0: without a notice. */
  readonly notice: number;
  readonly language: string;
  readonly region: string;
  /** UTC: 2026-11-22. */
  readonly day: string;
}

const SHARDS = 8;

/** Counts one refusal more. `spread` is any number. */
export async function countRefusal(tx: Tx, place: RefusalPlace, spread: number): Promise<void> {
  await tx.query({
    name: 'refusal_count',
    text: `INSERT INTO bailee.refusal_count AS r (store_id, notice, language, region, day, shard, count)
           VALUES ($1, $2, $3, $4, $5, $6, 1)
           ON CONFLICT (store_id, notice, language, region, day, shard) DO UPDATE SET count = r.count + 1`,
    values: [place.store, place.notice, place.language, place.region, place.day, spread % SHARDS],
  });
}

/** Who answers for a store's data: its name, and its country where known. */
export async function readParty(
  tx: Tx,
  store: string,
): Promise<{ readonly name: string; readonly country: string | null }> {
  const { rows } = await tx.query<{ name: string; country: string | null }>({
    name: 'consent_party',
    text: 'SELECT name, country FROM bailee.store WHERE id = $1',
    values: [store],
  });
  return rows[0] ?? { name: '', country: null };
}
