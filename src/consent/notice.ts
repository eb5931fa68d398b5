/** Notices: each version append-only, in every language, word for word. What changed is declared, never guessed. */
import { createHash } from 'node:crypto';
import { OPTIONAL_PURPOSES, type Purpose, RETENTION_CLASSES } from '../../contract/names.ts';
import { INSTALLATION, makeMissing, readRing } from '../keys/ring.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Ctx, Transaction, Tx } from '../platform/ports.ts';
import { type Recorded, recordNow } from '../vault/record.ts';
import type { NoticeShown } from './record.ts';
import {
  addNotices,
  moveFloor,
  type NoticeRow,
  newestVersion,
  readFloor,
  readLanguages,
  readNotice,
} from './sql.ts';
import { allTexts, bestLanguage, type Texts } from './texts.ts';

/** What `document` of a notice version holds, as JSON. */
export interface NoticeDocument {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly draft: boolean;
  readonly purposes: readonly {
    readonly purpose: Purpose;
    readonly name: string;
    readonly description: string;
  }[];
  readonly text: Texts['text'];
}

/** What a store words in its own way, in one language. */
export interface OwnTexts {
  readonly text?: Partial<Texts['text']>;
  readonly purposes?: Readonly<
    Partial<Record<Purpose, { readonly name: string; readonly description: string }>>
  >;
}

export interface PublishInput {
  readonly store: string;
  /** True: the change is one of substance, and whoever granted before is asked again. */
  readonly substance: boolean;
  /** What is different, in a sentence. */
  readonly change: string;
  /** The purposes that are asked for, in the order of the page; absent: as before. */
  readonly purposes?: readonly Purpose[];
  /** By language. */
  readonly texts?: Readonly<Record<string, OwnTexts>>;
  /** Id of the API key, or `operator`. */
  readonly by: string;
}

/** Asked for unless a store says otherwise. Each one more is one more thing to read. */
const USUAL: readonly Purpose[] = ['analytics', 'personalization', 'advertising', 'partner-sharing'];

/**
 * Publishes the next version, in every language that there are texts for; records it in the ledger with the
 * hash of each text. From its commit on, a change of substance makes every grant on an older version stale.
 * Throws `invalid_purpose`, `invalid_body` (a language without texts), `not_found` (no such store).
 */
export async function publishNotice(
  ctx: Ctx,
  input: PublishInput,
): Promise<{ version: number; languages: string[]; ledgerIndex: number }> {
  const unknown = (input.purposes ?? []).find((purpose) => !OPTIONAL_PURPOSES.includes(purpose));
  if (unknown !== undefined)
    throw new BaileeError(
      'invalid_purpose',
      `A notice asks for the optional purposes: ${OPTIONAL_PURPOSES.join(', ')}.`,
    );
  const language = Object.keys(input.texts ?? {}).find((tag) => !allTexts().has(tag));
  if (language !== undefined)
    throw new BaileeError('invalid_body', 'There are no texts in one of these languages.', {
      languages: [...allTexts().keys()],
    });
  return ctx.db.transaction(async (tx) => {
    const { version, documents, recorded } = await publish(ctx, tx, input);
    return { version, languages: documents.map((each) => each.language), ledgerIndex: recorded.index! };
  });
}

async function publish(ctx: Ctx, tx: Transaction, input: PublishInput) {
  const { store, substance, change, by } = input;
  await lockStore(tx, store);
  const before = await newestVersion(tx, store);
  const version = before + 1;
  const purposes = input.purposes ?? (before === 0 ? USUAL : await purposesOf(tx, store, before));
  const documents = [...allTexts().values()].map((texts) =>
    write(texts, purposes, input.texts?.[texts.language]),
  );
  const rows = documents.map((document) => ({
    store,
    version,
    language: document.language,
    document: JSON.stringify(document),
    substance,
    change,
    publishedBy: by,
  }));
  const now = ctx.clock.now();
  await addNotices(tx, rows, new Date(now));
  if (substance) await moveFloor(tx, store, version, new Date(now));
  const texts = Object.fromEntries(rows.map((row) => [row.language, sha256(row.document)]));
  const entry = { v: 1, kind: 'notice', at: now, store, version, substance, change, by, texts };
  const ring = await readRing(ctx, tx, [INSTALLATION]);
  await makeMissing(ctx, tx, ring, [{ customer: INSTALLATION, class: RETENTION_CLASSES.service }]);
  const [recorded] = await recordNow(ctx, tx, store, ring, [
    { customer: INSTALLATION, kind: 'notice', entry },
  ]);
  return { version, documents, recorded: recorded as Recorded };
}

/** One publishes at a time. */
async function lockStore(tx: Tx, store: string): Promise<void> {
  const { rowCount } = await tx.query({
    name: 'notice_lock_store',
    text: 'SELECT id FROM bailee.store WHERE id = $1 FOR NO KEY UPDATE',
    values: [store],
  });
  if (rowCount === 0) throw new BaileeError('not_found', 'There is no such store.');
}

async function purposesOf(tx: Tx, store: string, version: number): Promise<readonly Purpose[]> {
  const [row] = await readLanguages(tx, store, version);
  return row === undefined ? USUAL : read(row).purposes.map((each) => each.purpose);
}

function write(texts: Texts, purposes: readonly Purpose[], own: OwnTexts = {}): NoticeDocument {
  const english = allTexts().get('en')!;
  return {
    language: texts.language,
    direction: texts.direction,
    draft: texts.draft,
    purposes: purposes.map((purpose) => ({
      purpose,
      ...(own.purposes?.[purpose] ?? texts.purposes[purpose] ?? english.purposes[purpose]!),
    })),
    text: { ...texts.text, ...own.text },
  };
}

function read(row: Pick<NoticeRow, 'document'>): NoticeDocument {
  return JSON.parse(row.document) as NoticeDocument;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export interface Notice extends NoticeDocument {
  readonly version: number;
}

/** The notice in force, in the language that serves `asked` best. A store that has none gets its first. */
export async function currentNotice(ctx: Ctx, store: string, asked: string | null): Promise<Notice> {
  const version = (await newestVersion(ctx.db, store)) || (await firstVersion(ctx, store));
  const language = bestLanguage(asked, allTexts().keys());
  const row =
    (await readNotice(ctx.db, store, version, language)) ?? (await translate(ctx, store, version, language));
  return { version, ...read(row) };
}

async function firstVersion(ctx: Ctx, store: string): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    await lockStore(tx, store);
    const there = await newestVersion(tx, store);
    if (there > 0) return there;
    const first = { store, substance: true, change: 'The first notice.', by: 'installation' };
    return (await publish(ctx, tx, first)).version;
  });
}

/** A language that came with a newer Bailee: the same version, one more translation of it. */
async function translate(ctx: Ctx, store: string, version: number, language: string): Promise<NoticeRow> {
  return ctx.db.transaction(async (tx) => {
    const purposes = await purposesOf(tx, store, version);
    const document = JSON.stringify(write(allTexts().get(language)!, purposes));
    const row = { version, language, document, substance: false };
    const more = { store, change: 'One more language.', publishedBy: 'installation' };
    await addNotices(tx, [{ ...row, ...more }], new Date(ctx.clock.now()));
    return (await readNotice(tx, store, version, language))!;
  });
}

/**
 * The text that a choice names, as it was shown. For a grant it must be in force: throws `notice_outdated`
 * when it was never published in that language, or was changed in substance since. A refusal holds on any
 * text: null where there is none to name.
 */
export async function noticeShown(
  tx: Tx,
  store: string,
  named: { readonly version: number; readonly language: string },
  grants: boolean,
): Promise<NoticeShown | null> {
  const row = await readNotice(tx, store, named.version, named.language);
  if (grants && (row === null || named.version < (await readFloor(tx, store))))
    throw new BaileeError(
      'notice_outdated',
      'This notice is not in force. Load the notice again, show it, and let the person choose on that.',
      { version: await newestVersion(tx, store) },
    );
  return row === null ? null : { version: row.version, language: row.language, sha256: sha256(row.document) };
}
