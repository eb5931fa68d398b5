import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { testClock } from '../../test/kit/context.ts';
import { readConfig } from '../platform/config.ts';
import { systemRandom } from '../platform/random.ts';
import {
  forgetExpired,
  type JournalEntry,
  type JournaledErasure,
  journalErasure,
  journalFiles,
  journalLift,
  readJournal,
} from './journal.ts';

const DAY = 86_400_000;
const clock = testClock();
const random = systemRandom(clock);
const folders: string[] = [];
let ctx: Parameters<typeof forgetExpired>[0];

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'bailee-test-'));
  folders.push(folder);
  ctx = { clock, config: readConfig({ BAILEE_DATA: join(folder, 'data') }, null) };
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function erasure(at = clock.now()): JournaledErasure {
  return {
    id: random.id(),
    store: random.id(),
    customers: [random.id(), random.id()],
    classes: [1, 3],
    tombstones: [randomBytes(16)],
    at,
    ledgerIndex: 7,
  };
}

async function entries(): Promise<JournalEntry[]> {
  const all: JournalEntry[] = [];
  for (const path of await journalFiles(ctx)) for await (const entry of readJournal(path)) all.push(entry);
  return all;
}

const inUse = () => join(ctx.config.data, 'erasures.jsonl');

describe('the erasure journal', () => {
  it('gives back what was kept, and is for its owner alone', async () => {
    const one = erasure();
    const lift = { store: one.store, token: one.tombstones[0]!, at: clock.now() };
    await journalErasure(ctx, one);
    await journalLift(ctx, lift);
    expect(await entries()).toEqual([{ erasure: one }, { lift }]);
    expect(statSync(inUse()).mode & 0o077).toBe(0);
  });

  it('keeps every erasure when many are kept at once', async () => {
    const many = Array.from({ length: 40 }, () => erasure());
    await Promise.all(many.map((each) => journalErasure(ctx, each)));
    const kept = (await entries()).map((entry) => ('erasure' in entry ? entry.erasure.id : null));
    expect(kept.sort()).toEqual(many.map((each) => each.id).sort());
  });

  it('loses only the line that a crash cut short', async () => {
    const [before, after] = [erasure(), erasure()];
    await journalErasure(ctx, before);
    appendFileSync(inUse(), '{"v":1,"erasure":{"id":"01');
    await journalErasure(ctx, after);
    expect(await entries()).toEqual([{ erasure: before }, { unreadable: true }, { erasure: after }]);
  });

  it('takes a line that is no erasure for unreadable, not for one without customers', async () => {
    await journalErasure(ctx, erasure());
    const odd = [
      'null',
      '7',
      '{}',
      '{"v":2,"erasure":{}}',
      '{"v":1,"erasure":{"id":"x"}}',
      '{"v":1,"lift":{}}',
    ];
    writeFileSync(inUse(), `${odd.join('\n')}\n`);
    expect(await entries()).toEqual(odd.map(() => ({ unreadable: true })));
  });

  it('forgets tombstones when their time is over, and keeps the ids', async () => {
    const old = erasure(clock.now() - 401 * DAY);
    const recent = erasure();
    await journalErasure(ctx, old);
    await journalLift(ctx, { store: old.store, token: old.tombstones[0]!, at: old.at + 1 });
    await journalErasure(ctx, recent);
    expect(await forgetExpired(ctx)).toBe(2);
    expect(await entries()).toEqual([{ erasure: { ...old, tombstones: [] } }, { erasure: recent }]);
    expect(readFileSync(inUse(), 'utf8')).not.toContain(old.tombstones[0]!.toString('base64'));
    expect(await journalFiles(ctx)).toEqual([inUse()]);
  });

  it('loses nothing that is kept while it forgets, and finishes what a crash left', async () => {
    const first = Array.from({ length: 30 }, () => erasure());
    for (const each of first) await journalErasure(ctx, each);
    const meanwhile = Array.from({ length: 30 }, () => erasure());
    await Promise.all([forgetExpired(ctx), ...meanwhile.map((each) => journalErasure(ctx, each))]);
    const left = erasure();
    writeFileSync(
      join(ctx.config.data, 'erasures-17.jsonl'),
      `${JSON.stringify({ v: 1, erasure: { ...left, tombstones: [] } })}\n`,
    );
    expect((await entries()).length).toBeGreaterThanOrEqual(61);
    await forgetExpired(ctx);
    expect(await journalFiles(ctx)).toEqual([inUse()]);
    const kept = new Set((await entries()).map((entry) => ('erasure' in entry ? entry.erasure.id : '')));
    for (const each of [...first, ...meanwhile, left]) expect(kept.has(each.id)).toBe(true);
  });
});
