/** The doctor: looks at an installation, changes nothing, and says in sentences what it found. */
import { statfs } from 'node:fs/promises';
import { checkEpochs, epochFacts, epochsInUse } from '../keys/dump.ts';
import { verifyInclusion } from '../ledger/proof.ts';
import { proveInclusion } from '../ledger/prove.ts';
import { readLeaves } from '../ledger/sql.ts';
import { leafHash } from '../ledger/tree.ts';
import { isBaileeError } from '../platform/errors.ts';
import type { Ctx } from '../platform/ports.ts';
import { monthsOf, newestMigration } from '../vault/dump.ts';
import {
  engineVersion,
  erasureIds,
  quarantined,
  queuedEntries,
  unsweptErasures,
  type Waiting,
  waitingMessages,
} from './doctor-sql.ts';
import { journalFiles, readJournal } from './journal.ts';
import { logState } from './restore-ledger.ts';

export interface Finding {
  /** Stable; scripts may go by it. */
  readonly check:
    | 'engine'
    | 'root'
    | 'epochs'
    | 'key-backups'
    | 'erasures'
    | 'queue'
    | 'outbox'
    | 'quarantine'
    | 'partitions'
    | 'ledger'
    | 'journal'
    | 'disk';
  /** `notice`: look at it some day. `fault`: something does not hold. */
  readonly state: 'ok' | 'notice' | 'fault';
  /** One or two sentences for a person. */
  readonly says: string;
  /** Numbers and times behind it. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}

type Check = (ctx: Ctx) => Promise<Finding>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const GIGABYTE = 1024 ** 3;

/** Runs all checks, in this order. A check that fails to run is a fault of its own, and the others still run. */
export async function examine(ctx: Ctx): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [check, run] of CHECKS)
    findings.push(
      await run(ctx).catch(
        (error: unknown): Finding => ({
          check,
          state: 'fault',
          says: isBaileeError(error) ? error.message : 'This could not be checked.',
          facts: { code: isBaileeError(error) ? error.code : 'internal' },
        }),
      ),
    );
  return findings;
}

async function engine(ctx: Ctx): Promise<Finding> {
  const [version, migration] = [await engineVersion(ctx.db), await newestMigration(ctx.db)];
  const trial = ctx.db.engine === 'pglite';
  return {
    check: 'engine',
    state: trial ? 'notice' : 'ok',
    says: trial
      ? `The built-in trial engine (PostgreSQL ${version}), migration ${migration}. It does not wait for the disk: keep no real data in it, and move with bailee move.`
      : `PostgreSQL ${version}, migration ${migration}.`,
    facts: { engine: ctx.db.engine, version, migration },
  };
}

async function root(ctx: Ctx): Promise<Finding> {
  checkEpochs(ctx.root, await epochsInUse(ctx.db), new Date(ctx.clock.now()));
  return {
    check: 'root',
    state: 'ok',
    says: 'The root key is the one that this installation was sealed with.',
    facts: { kind: ctx.root.kind },
  };
}

async function epochs(ctx: Ctx): Promise<Finding> {
  const facts = await epochFacts(ctx.db);
  const current = ctx.root.currentEpoch();
  const alive = facts.filter((each) => each.destroyedAt === null);
  const others = alive.filter((each) => each.epoch !== current);
  const keys = alive.map((each) => `${each.keys} keys under epoch ${each.epoch}`).join(', ');
  return {
    check: 'epochs',
    state: others.length > 0 ? 'notice' : 'ok',
    says: `The current epoch is ${current}: ${keys || 'no keys yet'}.${others.length > 0 ? ' A rotation was begun and not finished: run bailee rotate.' : ''}`,
    facts: {
      current,
      oldest: alive[0]?.epoch ?? null,
      ...Object.fromEntries(alive.map((each) => [`keysUnder${each.epoch}`, each.keys])),
    },
  };
}

/** The bound that design promise 2 speaks of. */
async function keyBackups(ctx: Ctx): Promise<Finding> {
  const facts = await epochFacts(ctx.db);
  const oldest = facts.find((each) => each.destroyedAt === null);
  const since = oldest?.createdAt.toISOString() ?? null;
  const dead = facts.some((each) => each.destroyedAt !== null);
  const how =
    ctx.root.kind === 'file'
      ? `when epoch ${oldest?.epoch} is destroyed: at the end of the next bailee rotate`
      : 'when the root key is replaced, the keys are rotated and the old root is destroyed everywhere';
  return {
    check: 'key-backups',
    state: 'ok',
    says: `${dead ? `Copies of keys from before ${since} are dead.` : 'No epoch was destroyed yet, so no copy of keys is dead.'} Copies made since ${since} die ${how}.`,
    facts: { deadBefore: dead ? since : null, aliveSince: since, epoch: oldest?.epoch ?? null },
  };
}

/** Something that should be gone within a while. */
function waitingFinding(
  ctx: Ctx,
  check: Finding['check'],
  what: Waiting,
  words: { none: string; some: string; patienceMs: number },
): Finding {
  const late = what.oldest !== null && ctx.clock.now() - what.oldest.getTime() > words.patienceMs;
  return {
    check,
    state: late ? 'fault' : 'ok',
    says: what.count === 0 ? words.none : `${what.count} ${words.some}`,
    facts: { count: what.count, oldest: what.oldest?.toISOString() ?? null },
  };
}

async function erasures(ctx: Ctx): Promise<Finding> {
  return waitingFinding(ctx, 'erasures', await unsweptErasures(ctx.db), {
    none: 'Every erasure is done, to the last row.',
    some: 'erasures have rows left on the disk; their keys are gone. A running server deletes them.',
    patienceMs: 24 * HOUR_MS,
  });
}

async function queue(ctx: Ctx): Promise<Finding> {
  return waitingFinding(ctx, 'queue', await queuedEntries(ctx.db), {
    none: 'No entry waits for its place in the ledger.',
    some: 'entries wait for their place in the ledger. A running server places them within a second.',
    patienceMs: 10 * MINUTE_MS,
  });
}

async function outbox(ctx: Ctx): Promise<Finding> {
  return waitingFinding(ctx, 'outbox', await waitingMessages(ctx.db), {
    none: 'The outbox is empty.',
    some: 'messages wait in the outbox. A running server hands them on.',
    patienceMs: 10 * MINUTE_MS,
  });
}

async function quarantine(ctx: Ctx): Promise<Finding> {
  const { count, oldest } = await quarantined(ctx.db);
  return {
    check: 'quarantine',
    state: count > 0 ? 'notice' : 'ok',
    says:
      count === 0
        ? 'Nothing is in quarantine.'
        : `${count} events are in quarantine; each is deleted 14 days after it came. GET /api/quarantine says what is wrong with them.`,
    facts: { count, oldest: oldest?.toISOString() ?? null },
  };
}

async function partitions(ctx: Ctx): Promise<Finding> {
  const months = await monthsOf(ctx.db);
  const now = new Date(ctx.clock.now()).toISOString().slice(0, 7);
  const there = months.includes(now);
  return {
    check: 'partitions',
    state: there ? 'ok' : 'notice',
    says: there
      ? `Events lie in months of their own, until ${months.at(-1)}.`
      : 'This month has no partition; its events lie in the common one. A start of the server makes it.',
    facts: { months: months.length, last: months.at(-1) ?? null },
  };
}

/** The last entry, led up through the stored hashes of all before it, must give the root of the head. */
async function ledger(ctx: Ctx): Promise<Finding> {
  const { size, root } = await logState(ctx.db);
  let holds = true;
  if (size > 0) {
    const leaf = (await readLeaves(ctx.db, [size - 1])).get(size - 1);
    const proof = await proveInclusion(null, ctx.db, size - 1, size);
    holds = leaf !== undefined && verifyInclusion(size - 1, size, leafHash(leaf), proof, root);
  }
  return {
    check: 'ledger',
    state: holds ? 'ok' : 'fault',
    says: holds
      ? `The ledger has ${size} entries, and its head follows from them. bailee verify reads every one.`
      : 'The head of the ledger does not follow from its entries: run bailee verify, and keep a copy of the database as it is.',
    facts: { size, root: root.toString('base64') },
  };
}

async function journal(ctx: Ctx): Promise<Finding> {
  const known = new Set<string>();
  let unreadable = 0;
  const files = await journalFiles(ctx);
  for (const path of files)
    for await (const entry of readJournal(path))
      if ('erasure' in entry) known.add(entry.erasure.id);
      else if ('unreadable' in entry) unreadable += 1;
  let missing = 0;
  for await (const page of erasureIds(ctx.db)) missing += page.filter((id) => !known.has(id)).length;
  const faults = [
    ...(missing > 0
      ? [
          `${missing} erasures are not in the journal here. If other nodes keep a journal of their own, keep all of them.`,
        ]
      : []),
    ...(unreadable > 0 ? [`${unreadable} lines of the journal cannot be read.`] : []),
  ];
  return {
    check: 'journal',
    state: faults.length > 0 ? 'notice' : 'ok',
    says:
      faults.length > 0
        ? faults.join(' ')
        : `The erasure journal holds ${known.size} erasures. Keep a copy of it apart from the database.`,
    facts: { files: files.length, erasures: known.size, missing, unreadable },
  };
}

async function disk(ctx: Ctx): Promise<Finding> {
  const { bavail, bsize } = await statfs(ctx.config.data);
  const free = bavail * bsize;
  const gigabytes = (free / GIGABYTE).toFixed(1);
  return {
    check: 'disk',
    state: free < GIGABYTE / 4 ? 'fault' : free < 2 * GIGABYTE ? 'notice' : 'ok',
    says: `${gigabytes} GB are free where the data folder is.`,
    facts: { freeBytes: free },
  };
}

const CHECKS: readonly (readonly [Finding['check'], Check])[] = [
  ['engine', engine],
  ['root', root],
  ['epochs', epochs],
  ['key-backups', keyBackups],
  ['erasures', erasures],
  ['queue', queue],
  ['outbox', outbox],
  ['quarantine', quarantine],
  ['partitions', partitions],
  ['ledger', ledger],
  ['journal', journal],
  ['disk', disk],
];
