import { describe, expect, it } from 'vitest';
import { formatCheckpoint } from '../checkpoint-body.ts';
import { noteSigner, signNote } from '../note.ts';
import { openCheckpoint, readVerifier } from './note.ts';

const origin = 'shop.example/ledger';
const signer = noteSigner(origin, Buffer.alloc(32, 1));
const witness = noteSigner('witness.example', Buffer.alloc(32, 2));
const body = formatCheckpoint({ origin, size: 7, root: Buffer.alloc(32, 9) });
const good = signNote(body, [signer, witness]);

describe('the verifier, reading a checkpoint', () => {
  it('believes the log, with or without a witness it knows', () => {
    const tree = { origin, size: 7, root: Buffer.alloc(32, 9) };
    expect(openCheckpoint(good, [signer.vkey])).toEqual(tree);
    expect(openCheckpoint(good, [witness.vkey, signer.vkey])).toEqual(tree);
  });

  it('does not take the word of a witness for that of the log', () => {
    expect(() => openCheckpoint(good, [witness.vkey])).toThrow(/not signed by a key of its origin/);
  });

  it('refuses the whole note when a known signature in it is wrong', () => {
    const wrong = signNote('else\n', [witness]).split('\n\n')[1]!;
    const note = signNote(body, [signer]) + wrong;
    expect(openCheckpoint(note, [signer.vkey]).size).toBe(7);
    expect(() => openCheckpoint(note, [signer.vkey, witness.vkey])).toThrow(/does not verify/);
  });

  it('refuses what is signed but is no checkpoint', () => {
    for (const text of [`${origin}\n`, `${origin}\n07\n${'A'.repeat(43)}=\n`, `${origin}\n7\nAAAA\n`]) {
      expect(() => openCheckpoint(signNote(text, [signer]), [signer.vkey])).toThrow(/size and a root/);
    }
    for (const note of ['', good.slice(0, -1), good.replaceAll('— ', '-- '), good.replace('\n\n', '\n')]) {
      expect(() => openCheckpoint(note, [signer.vkey]), JSON.stringify(note)).toThrow();
    }
  });

  it('refuses a key that is not whole', () => {
    expect(readVerifier(signer.vkey).name).toBe(origin);
    for (const bad of ['', 'a+b', signer.vkey.slice(0, -4), signer.vkey.replace('shop', 'shap')]) {
      expect(() => readVerifier(bad)).toThrow(/verifier key/);
    }
  });
});
