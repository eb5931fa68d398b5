import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NECESSARY_PURPOSES, PURPOSES } from '../../contract/names.ts';
import { needsChoice, PURPOSE_BASIS } from './purposes.ts';

const DPV = join(process.env.BAILEE_SHARED ?? '../shared', 'law', 'dpv');

describe('what purposes rest on', () => {
  it('every purpose has a legal basis with a citation', () => {
    expect([...PURPOSE_BASIS.keys()]).toEqual([...PURPOSES]);
    for (const { reason } of PURPOSE_BASIS.values())
      expect(reason.source).toMatch(/^GDPR art\. 6\(1\)\([a-f]\)/);
  });

  it('the purposes that need no choice are exactly the necessary ones', () => {
    expect(PURPOSES.filter((purpose) => !needsChoice(purpose))).toEqual([...NECESSARY_PURPOSES]);
    expect(needsChoice('curiosity')).toBe(false);
  });

  const vocabulary = existsSync(DPV);
  if (!vocabulary) console.info(`skipped: no vocabulary at ${DPV}`);
  it.runIf(vocabulary)('every IRI is a term of the W3C Data Privacy Vocabulary', () => {
    const terms = ['dpv.csv', 'eu-gdpr.csv'].map((file) => readFileSync(join(DPV, file), 'utf8')).join('\n');
    for (const { basisIri, purposeIri } of PURPOSE_BASIS.values()) {
      expect(terms).toContain(`"${basisIri}"`);
      expect(terms).toContain(`"${purposeIri}"`);
    }
  });
});
