import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');

/** The requirements of levels 1 and 2 of OWASP ASVS 5.0.0: by section, the last number, without those of level 3. */
const SECTIONS: Readonly<Record<string, readonly number[]>> = {
  '1.1': [1, 2],
  '1.2': [1, 2, 3, 4, 5, 6, 7, 8, 9],
  '1.3': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  '1.4': [1, 2, 3],
  '1.5': [1, 2],
  '2.1': [1, 2, 3],
  '2.2': [1, 2, 3],
  '2.3': [1, 2, 3, 4],
  '2.4': [1],
  '3.2': [1, 2],
  '3.3': [1, 2, 3, 4],
  '3.4': [1, 2, 3, 4, 5, 6],
  '3.5': [1, 2, 3, 4, 5],
  '3.7': [1, 2],
  '4.1': [1, 2, 3],
  '4.2': [1],
  '4.3': [1, 2],
  '4.4': [1, 2, 3, 4],
  '5.1': [1],
  '5.2': [1, 2, 3],
  '5.3': [1, 2],
  '5.4': [1, 2, 3],
  '6.1': [1, 2, 3],
  '6.2': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  '6.3': [1, 2, 3, 4],
  '6.4': [1, 2, 3, 4],
  '6.5': [1, 2, 3, 4, 5],
  '6.6': [1, 2, 3],
  '6.8': [1, 2, 3, 4],
  '7.1': [1, 2, 3],
  '7.2': [1, 2, 3, 4],
  '7.3': [1, 2],
  '7.4': [1, 2, 3, 4, 5],
  '7.5': [1, 2],
  '7.6': [1, 2],
  '8.1': [1, 2],
  '8.2': [1, 2, 3],
  '8.3': [1],
  '8.4': [1],
  '9.1': [1, 2, 3],
  '9.2': [1, 2, 3, 4],
  '10.1': [1, 2],
  '10.2': [1, 2],
  '10.3': [1, 2, 3, 4],
  '10.4': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  '10.5': [1, 2, 3, 4, 5],
  '10.6': [1, 2],
  '10.7': [1, 2, 3],
  '11.1': [1, 2],
  '11.2': [1, 2, 3],
  '11.3': [1, 2, 3],
  '11.4': [1, 2, 3, 4],
  '11.5': [1],
  '11.6': [1],
  '12.1': [1, 2, 3],
  '12.2': [1, 2],
  '12.3': [1, 2, 3, 4],
  '13.1': [1],
  '13.2': [1, 2, 3, 4, 5],
  '13.3': [1, 2],
  '13.4': [1, 2, 3, 4, 5],
  '14.1': [1, 2],
  '14.2': [1, 2, 3, 4],
  '14.3': [1, 2, 3],
  '15.1': [1, 2, 3],
  '15.2': [1, 2, 3],
  '15.3': [1, 2, 3, 4, 5, 6, 7],
  '16.1': [1],
  '16.2': [1, 2, 3, 4, 5],
  '16.3': [1, 2, 3, 4],
  '16.4': [1, 2, 3],
  '16.5': [1, 2, 3],
  '17.1': [1],
  '17.2': [1, 2, 3, 4],
  '17.3': [1, 2],
};
const IDS = Object.entries(SECTIONS).flatMap(([section, numbers]) =>
  numbers.map((number) => `${section}.${number}`),
);
const MOST_EXCEPTIONS = 5;

interface Row {
  readonly id: string;
  readonly asked: string;
  readonly verdict: string;
  readonly shown: string;
}

const rows: Row[] = read('docs/asvs.md')
  .split('\n')
  .filter((line) => /^\| \d+\.\d+\.\d+ \|/.test(line))
  .map((line) => {
    const [, id = '', asked = '', verdict = '', shown = ''] = line.split('|').map((cell) => cell.trim());
    return { id, asked, verdict, shown };
  });
const of = (verdict: string) => rows.filter((row) => row.verdict === verdict);

describe('the page about OWASP ASVS', () => {
  it('has each requirement of levels 1 and 2 once, in a few words', () => {
    expect(IDS).toHaveLength(253);
    expect(rows.map(({ id }) => id)).toEqual(IDS);
    for (const { id, asked } of rows) {
      const words = asked.split(/\s+/).length;
      expect({ id, few: words >= 1 && words <= 12 && asked !== '' }).toEqual({ id, few: true });
    }
  });

  it('gives each a verdict, and counts them', () => {
    const known = ['applies', 'does not apply', 'exception', 'not yet'];
    expect(rows.filter(({ verdict }) => !known.includes(verdict))).toEqual([]);
    for (const verdict of known)
      expect(read('docs/asvs.md')).toContain(`| ${verdict} | ${of(verdict).length} |`);
    const open = of('not yet').map(({ id }) => id);
    if (open.length > 0) console.info(`ASVS: not yet ${open.length} of ${rows.length}: ${open.join(', ')}`);
  });

  it('names a test that exists for each that applies', () => {
    const missing = of('applies').filter(({ shown }) => {
      const [, file = '', title = ''] = /^`([^`]+\.test\.ts)`: (.+)$/.exec(shown) ?? [];
      return !(existsSync(new URL(file, ROOT)) && file !== '' && titled(read(file), title));
    });
    expect(missing).toEqual([]);
  });

  it('says in a word why the others do not apply or do not hold', () => {
    for (const { id, shown } of [...of('does not apply'), ...of('not yet')])
      expect({ id, why: shown.length > 4 }).toEqual({ id, why: true });
  });

  it('has five exceptions at most, each a decision that names it', () => {
    const exceptions = of('exception');
    expect(exceptions.length).toBeLessThanOrEqual(MOST_EXCEPTIONS);
    const records = readdirSync(new URL('docs/decisions/', ROOT));
    for (const { id, shown } of exceptions) {
      const [, name = ''] = /\(decisions\/([^)]+)\)/.exec(shown) ?? [];
      expect(records).toContain(name);
      expect(read(`docs/decisions/${name}`)).toContain(id);
    }
  });

  it('denies nothing that is there', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const names = Object.keys(dependencies).join(' ');
    const denied = new Map([
      ['no WebSocket', /websocket|socket\.io|\bws\b/],
      ['no GraphQL', /graphql|mercurius/],
      ['no LDAP', /ldap/],
      ['no SAML', /saml/],
      ['no WebRTC', /webrtc|mediasoup/],
      ['no OAuth server', /oauth2-server|^oidc-provider/],
    ]);
    for (const [reason, sign] of denied) {
      expect(rows.some(({ shown }) => shown === reason)).toBe(true);
      expect({ reason, is: sign.test(names) }).toEqual({ reason, is: false });
    }
  });
});

/** Whether a test of this file has the title. */
function titled(text: string, title: string): boolean {
  return title !== '' && ["'", '"', '`'].some((quote) => text.includes(`it(${quote}${title}${quote}`));
}
