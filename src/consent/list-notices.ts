/** What a store's notice said in each of its versions. Nothing in it is about a person. */
import { BaileeError } from '../platform/errors.ts';
import type { Ctx } from '../platform/ports.ts';
import type { Notice, NoticeDocument } from './notice.ts';
import { readNotice, readVersions } from './sql.ts';

export interface NoticeListed {
  readonly version: number;
  readonly change: string;
  readonly substance: boolean;
  readonly publishedBy: string;
  readonly publishedAt: string;
  readonly languages: readonly string[];
}

/** The newest 200, newest first; none where no page has asked for the notice yet. */
export async function listNotices(ctx: Ctx, store: string): Promise<NoticeListed[]> {
  const rows = await readVersions(ctx.db, store);
  return rows.map((row) => ({
    version: row.version,
    change: row.change,
    substance: row.substance,
    publishedBy: row.published_by,
    publishedAt: row.created_at.toISOString(),
    languages: row.languages,
  }));
}

/** One version in one language. Throws `not_found`. */
export async function noticeWords(
  ctx: Ctx,
  store: string,
  version: number,
  language: string,
): Promise<Notice> {
  const row = await readNotice(ctx.db, store, version, language);
  if (row === null)
    throw new BaileeError('not_found', 'The notice has no such version, or not in this language.');
  return { version, ...(JSON.parse(row.document) as NoticeDocument) };
}
