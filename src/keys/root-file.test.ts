import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileRoot } from './root-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'bailee-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;
const newPath = () => join(folder, `root-${++made}`, 'keys', 'root.json');
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('the key file', () => {
  it('is readable by its owner alone, from the first moment and after every change', async () => {
    const path = newPath();
    const root = await fileRoot(path, true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    chmodSync(path, 0o644);
    await root.advance();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(path, '..'))).toEqual(['root.json']);
  });

  it('gives the same epoch keys and signing seeds after a restart, and others to another installation', async () => {
    const path = newPath();
    const before = await fileRoot(path, true);
    await before.advance();
    const after = await fileRoot(path, false);
    const other = await fileRoot(newPath(), true);
    expect(after.epochs()).toEqual([1, 2]);
    expect(after.currentEpoch()).toBe(2);
    for (const epoch of [1, 2]) expect(after.epochKey(epoch)).toEqual(before.epochKey(epoch));
    for (const purpose of ['ledger', 'receipt'] as const) {
      expect(after.signingSeed(purpose)).toEqual(before.signingSeed(purpose));
      expect(after.signingSeed(purpose)).not.toEqual(other.signingSeed(purpose));
    }
    expect(other.epochKey(1)).not.toEqual(before.epochKey(1));
    expect(before.signingSeed('ledger')).not.toEqual(before.signingSeed('receipt'));
  });

  it('forgets a destroyed epoch for good: not in memory, not after a restart, not in any byte of its folder', async () => {
    const path = newPath();
    const root = await fileRoot(path, true);
    const gone = Buffer.from(root.epochKey(1));
    await root.advance();
    await root.destroy(1);
    expect(() => root.epochKey(1)).toThrow(code('epoch_destroyed'));
    const again = await fileRoot(path, false);
    expect(again.epochs()).toEqual([2]);
    expect(() => again.epochKey(1)).toThrow(code('epoch_destroyed'));
    for (const name of readdirSync(join(path, '..'))) {
      const bytes = readFileSync(join(path, '..', name));
      expect(bytes.includes(gone.toString('base64'))).toBe(false);
    }
  });

  it('never destroys the epoch in use', async () => {
    const root = await fileRoot(newPath(), true);
    await expect(root.destroy(1)).rejects.toThrow(code('conflict'));
    expect(root.epochKey(1)).toHaveLength(32);
  });

  it('counts epochs on, so that a destroyed number never comes back', async () => {
    const root = await fileRoot(newPath(), true);
    for (let round = 0; round < 3; round += 1) {
      const old = root.currentEpoch();
      expect(await root.advance()).toBe(old + 1);
      await root.destroy(old);
    }
    expect(root.epochs()).toEqual([4]);
  });

  it('is refused when missing while sealed data exists, and is not made then', async () => {
    const path = newPath();
    await expect(fileRoot(path, false)).rejects.toThrow(code('wrong_root_key'));
    expect(existsSync(path)).toBe(false);
  });

  it('is refused when damaged, and left as it is for whoever repairs it', async () => {
    const path = newPath();
    await fileRoot(path, true);
    const whole = readFileSync(path, 'utf8');
    const state = JSON.parse(whole) as Record<string, unknown>;
    const short = Buffer.alloc(31).toString('base64');
    const damages = [
      '',
      whole.slice(0, whole.length / 2),
      'null',
      '[]',
      '{}',
      JSON.stringify({ ...state, format: 2 }),
      JSON.stringify({ ...state, current: 2 }),
      JSON.stringify({ ...state, epochs: { '1': '' } }),
      JSON.stringify({ ...state, epochs: { '1': short } }),
      JSON.stringify({ ...state, epochs: { '1': 7 } }),
      JSON.stringify({ ...state, signing: undefined }),
      JSON.stringify({ ...state, signing: { ledger: short, receipt: short } }),
    ];
    for (const damage of damages) {
      writeFileSync(path, damage);
      await expect(fileRoot(path, true)).rejects.toThrow(code('wrong_root_key'));
      expect(readFileSync(path, 'utf8')).toBe(damage);
    }
  });
});

describe('two processes on one key file', () => {
  it('see each other’s epochs: a key wrapped under a new epoch opens without a restart', async () => {
    const path = newPath();
    const [one, two] = [await fileRoot(path, true), await fileRoot(path, false)];
    const epoch = await one.advance();
    expect(two.epochKey(epoch)).toEqual(one.epochKey(epoch));
    expect(two.currentEpoch()).toBe(epoch);
    await one.destroy(1);
    await two.refresh();
    expect(() => two.epochKey(1)).toThrow(code('epoch_destroyed'));
  });

  it('never write over each other’s epochs with what they remember', async () => {
    const path = newPath();
    const [one, two] = [await fileRoot(path, true), await fileRoot(path, false)];
    const second = await one.advance();
    const kept = Buffer.from(one.epochKey(second));
    await one.destroy(1);
    const third = await two.advance();
    expect(third).toBe(3);
    expect(two.epochs()).toEqual([2, 3]);
    expect(two.epochKey(second)).toEqual(kept);
    await one.destroy(second);
    expect((await fileRoot(path, false)).epochs()).toEqual([3]);
  });

  it('refuse to go on when the file went away, and write nothing', async () => {
    const path = newPath();
    const root = await fileRoot(path, true);
    rmSync(path);
    await expect(root.advance()).rejects.toThrow(code('wrong_root_key'));
    await expect(root.refresh()).rejects.toThrow(code('wrong_root_key'));
    expect(existsSync(path)).toBe(false);
    expect(root.epochKey(1)).toHaveLength(32);
  });
});
