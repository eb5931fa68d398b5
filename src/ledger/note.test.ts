import { describe, expect, it } from 'vitest';
import { noteSigner, openNote, parseNote, parseVkey, signNote } from './note.ts';

const ours = noteSigner('shop.example/ledger', Buffer.alloc(32, 1));
const other = noteSigner('shop.example/ledger', Buffer.alloc(32, 2));
const witness = noteSigner('witness.example', Buffer.alloc(32, 3));
const TEXT = 'one\n\ntwo\n';

// Published with golang.org/x/mod/sumdb/note and signed by a key this project does not hold.
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const PETERS_NOTE =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

describe('a signed note', () => {
  it('opens for whoever knows the key, and gives back the text', () => {
    const note = signNote(TEXT, [ours, witness]);
    expect(openNote(note, [ours.vkey])).toBe(TEXT);
    expect(openNote(note, [witness.vkey, other.vkey])).toBe(TEXT);
    expect(parseNote(note).signatures.map(({ name }) => name)).toEqual([ours.name, witness.name]);
  });

  it('opens when another implementation made it', () => {
    expect(openNote(PETERS_NOTE, [PETER])).toMatch(/^If you think/);
    expect(() => openNote(PETERS_NOTE.replace('answer', 'Answer'), [PETER])).toThrow(/does not verify/);
  });

  it('is refused without a known signature', () => {
    expect(() => openNote(signNote(TEXT, [other]), [ours.vkey])).toThrow(/No known key/);
    expect(() => openNote(signNote(TEXT, [ours]), [])).toThrow(/No known key/);
  });

  it('is refused when a known key signed something else, even beside a good signature', () => {
    const stolen = signNote('another text\n', [ours]).split('\n\n')[1]!;
    const note = `${TEXT}\n${stolen}${signNote(TEXT, [witness]).split('\n\n').at(-1)}`;
    expect(() => openNote(note, [ours.vkey, witness.vkey])).toThrow(/does not verify/);
  });

  it('is refused when it is malformed', () => {
    const good = signNote('one\n', [ours]);
    const line = good.split('\n\n')[1]!;
    for (const bad of [
      '',
      'one\n',
      good.slice(0, -1),
      good.replace('— ', '- '),
      good.replace('\n\n', '\n'),
      `one\n\n${line}\n${line}junk\n`,
      `one\r\n\n${line}`,
      `one\u0000\n\n${line}`,
      good.replace(/=\n$/, '\n'),
    ]) {
      expect(() => openNote(bad, [ours.vkey]), JSON.stringify(bad)).toThrow();
    }
  });

  it('never signs a text that is not a note', () => {
    for (const bad of ['no newline', 'tab\t\n', 'return\r\n', '\ud800\n']) {
      expect(() => signNote(bad, [ours]), JSON.stringify(bad)).toThrow(/newline/);
    }
    expect(() => signNote('text\n', [])).toThrow(/signer/);
  });
});

describe('a verifier key', () => {
  it('reads back as the key it was made from', () => {
    const { name, id } = parseVkey(ours.vkey);
    expect([name, id]).toEqual([ours.name, ours.id]);
    expect(ours.vkey).toMatch(/^shop\.example\/ledger\+[0-9a-f]{8}\+A[A-Za-z0-9+/]{43}$/);
  });

  it('is refused when its hash, its kind or its length is wrong', () => {
    const [name = '', hash = '', key = ''] = ours.vkey.split('+');
    const witnessKind = Buffer.from(key, 'base64');
    witnessKind[0] = 4;
    for (const bad of [
      `${name}+00000000+${key}`,
      `other+${hash}+${key}`,
      `${name}+${hash}+${witnessKind.toString('base64')}`,
      `${name}+${hash}+${key.slice(4)}`,
      `${name}+${hash}`,
      '',
    ]) {
      expect(() => parseVkey(bad), bad).toThrow(/verifier key/);
    }
  });

  it('is not made for a name with a space or a plus, nor from a short seed', () => {
    expect(() => noteSigner('a b', Buffer.alloc(32))).toThrow(/name without spaces/);
    expect(() => noteSigner('a+b', Buffer.alloc(32))).toThrow(/name without spaces/);
    expect(() => noteSigner('', Buffer.alloc(32))).toThrow(/name without spaces/);
    expect(() => noteSigner('a', Buffer.alloc(31))).toThrow(/32 bytes/);
  });
});
