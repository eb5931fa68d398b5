import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Deps } from './command.ts';
import { EXIT } from './exit.ts';
import { lawCommand } from './law.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bailee-law-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function law(...args: string[]): Promise<{ exit: number; text: string }> {
  const out: string[] = [];
  const deps = { out: (line: string) => out.push(line) } as unknown as Deps;
  return { exit: await lawCommand.run(args, deps), text: out.join('\n') };
}

const GERMAN = [
  'explain',
  '--customer',
  'DE',
  '--store',
  'CN',
  '--purpose',
  'advertising',
  '--on',
  '2026-11-22',
];

describe('bailee law', () => {
  it('explains for people, with a citation below each answer', async () => {
    const { exit, text } = await law(...GERMAN, '--age', '15', '--category', 'biometric');
    expect(exit).toBe(EXIT.done);
    expect(text).toContain('EU-GDPR  EU GDPR (residence)');
    expect(text).toContain('Consent for advertising: needed. Legal basis: consent.');
    expect(text).toContain('PIPL Art 28');
  });

  it('explains for machines, with the fields that the guide names', async () => {
    const told = JSON.parse((await law(...GERMAN, '--json')).text) as Record<string, unknown>;
    expect(Object.keys(told).sort()).toEqual([
      'balancingNeeded',
      'bases',
      'breachClocks',
      'category',
      'child',
      'childAge',
      'consent',
      'customer',
      'deadlines',
      'keep',
      'on',
      'purpose',
      'regimes',
      'store',
      'unverified',
    ]);
    const { deadlines } = told as { deadlines: { because: Record<string, unknown>[] }[] };
    expect(Object.keys(deadlines[0]!.because[0]!).sort()).toEqual([
      'citation',
      'confidence',
      'fact',
      'of',
      'pack',
      'regime',
      'says',
      'topic',
      'verified',
    ]);
  });

  it('refuses a purpose, a place, a day or an age that does not exist', async () => {
    for (const wrong of [
      ['explain'],
      ['explain', '--purpose', 'curiosity'],
      [...GERMAN, '--customer', 'Germany'],
      [...GERMAN, '--on', '2026-02-30'],
      [...GERMAN, '--age', 'young'],
      ['rewrite'],
    ])
      await expect(law(...wrong)).rejects.toMatchObject({ exit: EXIT.usage });
  });

  it('says file, line and reason of a pack that it cannot take', async () => {
    writeFileSync(
      join(folder, 'wrong.yaml'),
      'pack: wrong\nregimes:\n  X: { name: X, territory: [DE], reach: [residence] }\nfacts:\n  - { fact: a, topic: curiosity, of: a }\n',
    );
    await expect(law('check', '--packs', folder)).rejects.toMatchObject({
      code: 'invalid_pack',
      details: {
        file: 'wrong.yaml',
        line: 5,
        reason: expect.stringContaining('"curiosity" is not known as topic'),
      },
    });
    await expect(law('check', '--packs', join(folder, 'none'))).rejects.toMatchObject({
      code: 'invalid_configuration',
    });
  });

  it('judges packs by their cases, and names the wrong and the idle', async () => {
    const own = mkdtempSync(join(folder, 'own-'));
    const fact = (name: string, of: string) =>
      `  - { fact: ${name}, topic: age.consent, of: ${of}, value: { under: 18 }, says: x, unit: years, citation: Act, confidence: verified-primary }\n`;
    writeFileSync(
      join(own, 'own.yaml'),
      `pack: own\nregimes:\n  X: { name: X, territory: [DE], reach: [residence] }\nfacts:\n${fact('a', 'consent')}${fact('b', 'games')}`,
    );
    writeFileSync(
      join(own, 'own.cases.yaml'),
      'pack: own\non: "2026-11-22"\ncases:\n  - { case: at 18 alone, regimes: [X], ask: child, of: consent, age: 18, answer: parent }\n',
    );
    const { exit, text } = await law('check', '--packs', own);
    expect(exit).toBe(EXIT.failed);
    expect(text).toContain('own.cases.yaml:4: at 18 alone: expected parent, answered self');
    expect(text).toContain('No case flips without X b.');
  });
});
