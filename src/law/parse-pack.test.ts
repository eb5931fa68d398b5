import { describe, expect, it } from 'vitest';
import { BaileeError } from '../platform/errors.ts';
import { parseCases } from './parse-cases.ts';
import { parsePack } from './parse-pack.ts';

const HEAD = `pack: test
regimes:
  XX: { name: Test, territory: [DE], reach: [residence] }
facts:
`;
const FACT = `  - fact: rights.response
    topic: rights.clock
    of: request
    value: { span: 1 months }
    says: one month
    unit: month
    citation: Act 1
    confidence: verified-primary
`;

function reason(text: string): string {
  try {
    parsePack(text, 'test.yaml');
  } catch (error) {
    if (error instanceof BaileeError) return `${error.code} ${error.message}`;
  }
  return 'no fault';
}

describe('a policy pack', () => {
  it('is read with its regimes and facts', () => {
    const pack = parsePack(HEAD + FACT, 'test.yaml');
    expect(pack.facts[0]).toMatchObject({ regime: 'XX', topic: 'rights.clock', of: 'request', line: 5 });
    expect(pack.facts[0]!.value).toMatchObject({ kind: 'clock', span: { count: 1, unit: 'months' } });
  });

  it('with an unknown topic is refused with file, line and reason', () => {
    expect(reason(HEAD + FACT.replace('rights.clock', 'rights.clocks'))).toMatch(
      /^invalid_pack test.yaml:6: "rights.clocks" is not known as topic/,
    );
  });

  it('without a citation is refused', () => {
    expect(reason(HEAD + FACT.replace('    citation: Act 1\n', ''))).toMatch(
      /test.yaml:5: citation is missing/,
    );
  });

  it('that says two things of the same days is refused, and of days that follow each other is not', () => {
    const later = FACT.replace('rights.response', 'rights.response.new');
    expect(reason(HEAD + FACT + later)).toMatch(
      /test.yaml:13: XX rights.response.new overlaps with rights.response/,
    );
    const until = `${FACT}    effective_to: "2026-06-30"\n`;
    expect(reason(`${HEAD}${until}${later}    effective_from: "2026-07-01"\n`)).toBe('no fault');
  });

  it('that names a fact twice, an unknown key, an unknown unit or an impossible day is refused', () => {
    expect(reason(HEAD + FACT + FACT)).toMatch(/named twice/);
    expect(reason(`${HEAD}${FACT}    comment: x\n`)).toMatch(/"comment" is not known here/);
    expect(reason(HEAD + FACT.replace('1 months', '4 weeks'))).toMatch(/one of hours, days/);
    expect(reason(`${HEAD}${FACT}    effective_from: "2026-02-30"\n`)).toMatch(/not a day/);
    expect(reason(HEAD + FACT.replace('verified-primary', 'certain'))).toMatch(/is not known as confidence/);
  });

  it('that is no YAML is refused with its line', () => {
    expect(reason('pack: [')).toMatch(/^invalid_pack test.yaml:1/);
    expect(reason('')).toMatch(/must be a map/);
  });

  it('has cases beside it that name their question, answer and day', () => {
    const text =
      'pack: test\non: "2026-11-22"\ncases:\n  - { case: x, regimes: [XX], ask: by, of: request, date: "2026-01-31", answer: "2026-02-28" }\n';
    expect(parseCases(text, 'c.yaml').cases[0]!.question).toMatchObject({ ask: 'by', on: '2026-11-22' });
    expect(() => parseCases(text.replace('ask: by', 'ask: why'), 'c.yaml')).toThrow(/c.yaml:4: "why"/);
  });
});
