/** The documents are true: every example runs and says what stands beside it, every link leads somewhere. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from '../accept/server.ts';
import { buildCatalog } from '../src/catalog/build.ts';
import { parseCatalog } from '../src/catalog/parse.ts';
import { COMMANDS } from '../src/edge/cli/commands.ts';
import { EXIT } from '../src/edge/cli/exit.ts';
import { readConfig } from '../src/platform/config.ts';
import { EVENT_CODES } from '../src/platform/errors.ts';
import { makeMetrics } from '../src/platform/metrics.ts';
import { difference } from './docs/answers.ts';
import type { Block, Place, Run } from './docs/blocks.ts';
import { blocksIn, brokenLinks, documents, guides, read } from './docs/library.ts';
import { type Session, startSession } from './docs/session.ts';

/** Blocks that cannot be run here, by their exact text, and why. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'npm ci && npm start': 'installs; line 1 of the acceptance runs it on a bare machine',
  'npm ci && npm test': 'is what runs this test',
  'bailee start': 'serves until it is stopped; every example on the demo shop runs against one',
  'bailee move --to postgres://bailee@127.0.0.1/bailee':
    'needs a PostgreSQL; src/rights/move.test.ts runs it',
  [[
    'curl -sS "$BAILEE_URL/api/customers/$CUSTOMER/package" -H "Authorization: Bearer $KEY" -H \'content-type: application/json\' \\',
    '  -d \'{"evidence": {"request": "0198f1c2-7a10-7c3e-8f54-2b1d9e6a4c01"}, "language": "en"}\' -o access-package.zip',
  ].join('\n')]: 'its answer is a file; test/journeys/package.test.ts opens one',
  [[
    'curl -s -X PUT "$BAILEE_URL/api/shopify" -H "Authorization: Bearer $ADMINISTRATOR_KEY" -H \'content-type: application/json\' \\',
    '  -d \'{"domain": "teahouse.myshopify.com", "secrets": ["the client secret of the app"]}\'',
  ].join('\n')]: 'takes a secret of Shopify’s; src/rights/shopify/receive.test.ts sets one',
  [[
    'curl -s -X PUT "$BAILEE_URL/api/drp" -H "Authorization: Bearer $ADMINISTRATOR_KEY" -H \'content-type: application/json\' \\',
    '  -d \'{"business": "TEAHOUSE"}\'',
    'curl -s "$BAILEE_URL/api/drp/agents" -H "Authorization: Bearer $ADMINISTRATOR_KEY" -H \'content-type: application/json\' \\',
    '  -d \'{"agent": "AN_AGENT", "name": "An agent", "verifyKey": "its verify_key, Ed25519 in base64"}\'',
  ].join('\n')]: 'takes an agent’s key; test/journeys/drp.test.ts registers some',
  [[
    'curl -s "$BAILEE_URL/api/recipients" -H "Authorization: Bearer $PRIVACY_KEY" -H \'content-type: application/json\' \\',
    '  -d \'{"name": "Mails Inc.", "protocol": "webhook", "url": "https://mails.example/bailee", "identify": "email-sha256", "purposes": ["partner-sharing"], "fields": ["contact.email"]}\'',
  ].join('\n')]: 'its answer is a secret; test/journeys/recipients.test.ts registers some',
  [[
    '{',
    '  "type": "customer.erased",',
    '  "timestamp": "2026-11-22T09:00:00.000Z",',
    '  "data": {',
    '    "id": "5f0c2a7e-1d3b-4c8e-9a6f-0b7d5e2c4a19",',
    '    "identities": [{ "type": "email-sha256", "value": "…" }],',
    '    "confirmAt": "https://your.address/v1/acknowledgements/5f0c2a7e-1d3b-4c8e-9a6f-0b7d5e2c4a19"',
    '  }',
    '}',
  ].join('\n')]: 'is what a recipient gets; test/journeys/recipients.test.ts reads one',
  [[
    'root          the key file, or BAILEE_ROOT_KEY; never in the database',
    ' └ epoch key      wraps …',
    '    └ data key        random; one per customer and retention class',
    '       └ value           AES-256-GCM, one sealing per field',
  ].join('\n')]: 'a picture',
};

let server: Server;
let own: string;
beforeAll(async () => {
  own = mkdtempSync(join(tmpdir(), 'bailee-docs-own-'));
  const catalog = guides()
    .flatMap(blocksIn)
    .find((block) => isRun(block) && block.mark.place === 'catalog');
  writeFileSync(join(own, 'catalog.yaml'), catalog!.text);
  // The built server, as a reader starts it; `npm test` builds first.
  const built = new URL('../dist/accept/server.js', import.meta.url).href;
  const { startServer } = (await import(built)) as typeof import('../accept/server.ts');
  server = await startServer({
    env: { BAILEE_CATALOG: join(own, 'catalog.yaml'), BAILEE_LOG_LEVEL: 'warn' },
  });
});
afterAll(async () => {
  await server?.stop();
  rmSync(own, { recursive: true, force: true });
});

function isRun(block: Block): block is Block & { readonly mark: Run } {
  return block.mark !== null && block.mark !== 'answer';
}

/** Runs the blocks of a document in order; resolves with one sentence for each that is not as it says. */
async function faultsOf(path: string): Promise<string[]> {
  const blocks = blocksIn(path);
  const sessions = new Map<Place, Session>();
  const faults: string[] = [];
  try {
    for (const [at, block] of blocks.entries()) {
      if (!isRun(block)) continue;
      const following = blocks[at + 1];
      const answer = following?.mark === 'answer' ? following : null;
      const fault = await faultOf(block, answer, sessions);
      if (fault !== null) faults.push(`${path}:${block.line}: ${fault}`);
    }
  } finally {
    for (const session of sessions.values()) session.close();
  }
  return faults;
}

async function faultOf(
  block: Block & { readonly mark: Run },
  answer: Block | null,
  sessions: Map<Place, Session>,
): Promise<string | null> {
  const { place, exit, status, keep } = block.mark;
  if (place === 'catalog') {
    const documents = [read('packs/catalog/default.yaml'), block.text];
    buildCatalog(documents.map((text, at) => parseCatalog(text, `catalog-${at}.yaml`)));
    return null;
  }
  // Needs a browser: test/browser/guide.test.ts.
  if (place === 'browser') return null;
  if (place === 'configuration') {
    readConfig({}, block.text);
    return null;
  }
  const session =
    sessions.get(place) ?? startSession(place === 'demo' ? server.dataFolder : null, server.url);
  sessions.set(place, session);
  const said = await session.run(block.language, block.text);
  if (said.exit !== exit) return `it ended with ${said.exit}: ${said.text}`;
  const odd = said.statuses.find((each) => (status === null ? each < 200 || each > 299 : each !== status));
  if (odd !== undefined) return `the server answered ${odd}: ${said.text}`;
  if (answer === null) return null;
  const differs = difference(answer.language, answer.text, said.text);
  if (differs !== null) return differs;
  for (const [name, way] of Object.entries(keep)) session.keep(name, memberOf(JSON.parse(said.text), way));
  return null;
}

function memberOf(value: unknown, way: string): string {
  let at = value;
  for (const name of way.split('.')) at = (at as Record<string, unknown>)[name];
  return String(at);
}

describe('an example in the documents', () => {
  it.each(guides())('of %s is marked to be run, or stands on the list of those that cannot be', (path) => {
    const blocks = blocksIn(path);
    const unmarked = blocks.filter((block) => block.mark === null && NOT_RUN[block.text] === undefined);
    expect(unmarked.map((block) => `${block.file}:${block.line}`)).toEqual([]);
    for (const [at, block] of blocks.entries())
      if (block.mark === 'answer') expect(isRun(blocks[at - 1]!), `${path}:${block.line}`).toBe(true);
  });

  it('that cannot be run still stands somewhere', () => {
    const texts = new Set(guides().flatMap((path) => blocksIn(path).map((block) => block.text)));
    expect(Object.keys(NOT_RUN).filter((text) => !texts.has(text))).toEqual([]);
  });

  it.each(guides())(
    'of %s runs, and says what stands beside it',
    async (path) => {
      expect(await faultsOf(path)).toEqual([]);
    },
    600_000,
  );
});

describe('an answer in the documents', () => {
  it('that says something else than the server is found', () => {
    const answered = '{"state":"masked","value":"+49 ****20","ledgerIndex":7}';
    expect(difference('json', '{"state":"…","value":"+49 …","ledgerIndex":1}', answered)).toBeNull();
    expect(difference('json', '{"state":"masked","…":"…"}', answered)).toBeNull();
    expect(difference('json', '{"state":"revealed","…":"…"}', answered)).toMatch(/^state is/);
    expect(difference('json', '{"state":"masked"}', answered)).toMatch(/also has value/);
    expect(difference('json', '[1]', '[1,2]')).not.toBeNull();
    expect(difference('text', 'Kept: …\n…', 'Kept: orders\nmore')).toBeNull();
    expect(difference('text', 'Kept: …', 'Kept: orders\nmore')).not.toBeNull();
    expect(difference('text', 'a.c', 'abc')).not.toBeNull();
  });
});

describe('the documents', () => {
  it.each(documents())('%s has no link that leads nowhere', (path) => {
    expect(brokenLinks(path)).toEqual([]);
  });

  it('name every setting, its place in bailee.yaml and its default', () => {
    const source = read('src/platform/config.ts');
    const settings = [...source.matchAll(/env: '(\w+)',\s+yaml: '(\w+)'/g)];
    expect(settings.length).toBeGreaterThan(10);
    const table = read('docs/operators.md');
    const missing = settings.filter(([, env, yaml]) => !table.includes(`| \`${env}\` | \`${yaml}\` |`));
    expect(missing.map(([, env]) => env)).toEqual([]);
    const defaults = readConfig({}, null);
    const numbered = [
      ...([
        'host',
        'port',
        'pool',
        'maxBatches',
        'erasuresPerHour',
        'tombstoneDays',
        'demoCustomers',
      ] as const),
      ...(['openingsPerMinute', 'findsPerMinute', 'keyOpeningsPerMinute', 'keyFindsPerMinute'] as const),
    ];
    for (const name of numbered) expect(table).toContain(`\`${name}\` | \`${defaults[name]}\` |`);
    const [, others = ''] = /OTHER_KEYS = new Set\(\[([^\]]*)\]/.exec(source) ?? [];
    for (const [, name] of others.matchAll(/'(\w+)'/g)) expect(table).toContain(`\`${name}\``);
  });

  it('name every command, every exit code and every metric', async () => {
    const text = read('docs/operators.md');
    for (const { name } of COMMANDS) expect(text).toContain(`| \`bailee ${name}\` |`);
    for (const code of Object.values(EXIT)) expect(text).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'));
    const metrics = await makeMetrics().registry.getMetricsAsJSON();
    const names = metrics.map((metric) => metric.name).filter((name) => name.startsWith('bailee_'));
    expect(names.filter((name) => !new RegExp(`^\\| \`${name}[\`{]`, 'm').test(text))).toEqual([]);
  });

  it('name every address that the server describes, and every fault of an event', async () => {
    const text = read('docs/developers.md');
    const description = (await (await fetch(`${server.url}/openapi.json`)).json()) as { paths: object };
    const named = new Set([...text.matchAll(/`(?:(?:GET|POST) )?(\/[^`?]*)`/g)].map(([, path]) => path));
    expect(Object.keys(description.paths).filter((path) => !named.has(path))).toEqual([]);
    for (const code of EVENT_CODES) expect(text).toContain(`[${code}](errors/${code}.md)`);
  });
});
