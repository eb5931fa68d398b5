import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MOST_BATCH_BYTES, MOST_BATCH_EVENTS } from '../../contract/collecting.ts';
import { RETENTION_CLASSES, SENSITIVITIES } from '../../contract/names.ts';
import { readConfig } from '../../src/platform/config.ts';
import { IDLE_MS, PARTIAL_MS, STEPPED_UP_MS, WHOLE_MS } from '../../src/staff/sessions/life.ts';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const page = read('docs/asvs.md');
/** A section of the page, by its heading. */
function section(title: string): string {
  const [, text] = page.split(`\n### ${title}\n`);
  if (text === undefined) throw new Error(`docs/asvs.md has no section ${title}`);
  return text.split('\n### ')[0]!;
}
const says = (title: string, ...facts: (string | number)[]) => {
  const text = section(title);
  for (const fact of facts) expect(text).toContain(String(fact));
};
/** The numbers that a source sets for a name. */
const set = (path: string, pattern: RegExp) => [...read(path).matchAll(pattern)].map(([, number]) => number!);
const MINUTE = 60_000;
const config = readConfig({}, null);

describe('the page', () => {
  it('says which input is taken, where its rules stand, and with which limits', () => {
    says('Input and limits', 'invalid_body', 'packs/catalog/default.yaml', 'last four digits');
    says('Input and limits', `${MOST_BATCH_BYTES / 1024} KB, ${MOST_BATCH_EVENTS} events`);
    const [event] = set('src/collect/message.ts', /= (\d+) \* 1024/g);
    says('Input and limits', `| one event | ${event} KB |`);
    says('Input and limits', `| ${config.maxBatches} (\`BAILEE_MAX_BATCHES\`)`);
    says('Input and limits', `| ${config.erasuresPerHour} (\`BAILEE_ERASURES_PER_HOUR\`)`);
    says('Input and limits', `| ${config.openingsPerMinute} (\`BAILEE_OPENINGS_PER_MINUTE\`)`);
    says('Input and limits', `| ${config.findsPerMinute} (\`BAILEE_FINDS_PER_MINUTE\`)`);
    says('Input and limits', `| ${config.keyOpeningsPerMinute} (\`BAILEE_KEY_OPENINGS_PER_MINUTE\`)`);
    says('Input and limits', `| ${config.keyFindsPerMinute} (\`BAILEE_KEY_FINDS_PER_MINUTE\`)`);
    const parse = 'src/cases/mail/parse.ts';
    const [bytes, parts, depth, files] = [
      /MOST_BYTES = (\d+) \* 1024 \* 1024/g,
      /parts: (\d+)/g,
      /depth: (\d+)/g,
      /MOST_ATTACHMENTS = (\d+)/g,
    ].map((pattern) => set(parse, pattern)[0]);
    says('Input and limits', `${bytes} MB, ${files} attachments, ${parts} parts, ${depth} levels`);
    const [api] = set('src/edge/http/scopes.ts', /MOST_API_BYTES = (\d+) \* 1024/g);
    const [customers] = set('src/gate/ask.ts', /const MOST = (\d+)/g);
    says('Input and limits', `\`/api\` | ${api} KB`, `\`/api/decide\` | ${customers} |`);
  });

  it('says how one signs in, what holds guessing back, and how long a session lasts', () => {
    const tries = set('src/staff/sign-in/tries.ts', /most: (\d+), windowMs/g);
    const [network, both, account] = tries;
    says('Signing in and sessions', `${both} in 15 minutes for one account from one network`);
    says('Signing in and sessions', `${account} in 60 minutes for one account`);
    says('Signing in and sessions', `${network} in 15 minutes for one network`);
    const [least] = set('src/staff/sign-in/password.ts', /const LEAST = (\d+)/g);
    const [most] = set('src/staff/sign-in/password.ts', /const MOST = (\d+)/g);
    says('Signing in and sessions', `${least} to ${most} characters`, 'the name of the shop');
    says(
      'Signing in and sessions',
      `${IDLE_MS / MINUTE} minutes without use`,
      `after ${WHOLE_MS / MINUTE / 60} hours`,
    );
    says(
      'Signing in and sessions',
      `fresh for ${STEPPED_UP_MS / MINUTE} minutes`,
      `${PARTIAL_MS / MINUTE} minutes to show`,
    );
    const [sessions] = set('src/staff/sessions/start.ts', /MOST_SESSIONS = (\d+)/g);
    says('Signing in and sessions', `${sessions} sessions at most`);
    const ways = set('contract/staff.ts', /Type\.Literal\('(password|code|passkey|recovery|openid)'\)/g);
    expect(new Set(ways)).toEqual(new Set(['password', 'code', 'passkey', 'recovery', 'openid']));
  });

  it('says which keys there are, what each is for, and how each ends', () => {
    says(
      'Keys and ciphers',
      'epoch key',
      'data key',
      'blind-index',
      'Ed25519',
      'AES-256-GCM',
      'HKDF-SHA-256',
    );
    for (const row of section('Keys and ciphers')
      .split('\n')
      .filter((line) => line.startsWith('| ')))
      expect(row.split('|').filter((cell) => cell.trim() !== '')).toHaveLength(4);
    const [cost] = set('src/staff/sign-in/password.ts', /memoryCost: ([\d_]+)/g);
    says('Signing in and sessions', `${Number(cost!.replace('_', '')) / 1024} MiB`);
  });

  it('says how each class of data is protected', () => {
    for (const name of SENSITIVITIES) says('Classes of data', `| ${name.replace('highly-', 'highly ')}`);
    expect(Object.keys(RETENTION_CLASSES).length).toBeGreaterThanOrEqual(5);
    says('Classes of data', 'src/law/ceilings.ts', 'test/kit/access-table.ts');
  });

  it('says whom the server calls, and who calls it', () => {
    says('Connections', 'DATABASE_URL', 'BAILEE_SMTP_URL', 'BAILEE_SCANNER', 'BAILEE_OPENID_ISSUER');
    const named = set('src/platform/config.ts', /env: '(\w*(?:URL|ISSUER))'/g);
    const own = ['BAILEE_PUBLIC_URL', 'BAILEE_URL'];
    for (const name of named.filter((each) => !own.includes(each))) says('Connections', name);
  });

  it('says what is logged, where, and what never is', () => {
    says('Logs', 'standard output', 'Never: bodies, addresses');
    expect(read('src/platform/log.ts')).not.toMatch(/pino\.(file|transport|destination)|createWriteStream/);
  });

  it('says how soon faults in parts are mended, and where the parts are listed', () => {
    says('Parts', 'package-lock.json', '2 days', '14 days', '60 days', '30 days', '180 days', '90 days');
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const first = /come first: ([^\n]+)\.\n/.exec(section('Parts'))![1]!.split(', ');
    expect(first.filter((name) => dependencies[name] === undefined)).toEqual([]);
  });

  it('says which work is heavy, and what bounds it', () => {
    says('Heavy work', 'batches', 'openings', 'hashing passwords', 'erasing');
    const [most] = set('src/gate/queue.ts', /(?:MOST|most)\w* = (\d+)/g);
    says('Heavy work', `${most} in one transaction`);
  });
});
