import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopback, readConfig } from './config.ts';
import { BaileeError } from './errors.ts';

function faults(env: NodeJS.ProcessEnv, yaml: string | null = null): unknown {
  try {
    readConfig(env, yaml);
  } catch (error) {
    if (!(error instanceof BaileeError) || error.code !== 'invalid_configuration') throw error;
    const told = error.details?.faults as string[];
    expect(error.message).toBe(told.join(' '));
    return told;
  }
  return [];
}

const KEY = 'ab'.repeat(32);

const SCANNER = 'BAILEE_SCANNER must be like tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl.';
const IMAP = 'BAILEE_IMAP_URL must be like imaps://user:password@host/INBOX.';

describe('configuration', () => {
  it('has a default for everything: a trial on this machine alone, with the demo shop', () => {
    expect(readConfig({}, null)).toEqual({
      host: '127.0.0.1',
      port: 4000,
      data: resolve('data'),
      databaseUrl: null,
      pool: 10,
      rootKey: null,
      previousRootKey: null,
      keysFile: resolve('data', 'keys', 'root.json'),
      ledgerOrigin: 'bailee.local/ledger',
      demo: true,
      demoCustomers: 2_000,
      catalog: null,
      centerStyle: null,
      logLevel: 'info',
      maxBatches: 64,
      erasuresPerHour: 100,
      openingsPerMinute: 300,
      findsPerMinute: 120,
      keyOpeningsPerMinute: 30_000,
      keyFindsPerMinute: 12_000,
      tombstoneDays: 400,
      publicUrl: null,
      retention: new Map(),
      countryHeader: null,
      privateRecipients: false,
      timeZone: 'UTC',
      holidays: [],
      trustedProxies: [],
      smtpUrl: null,
      mailFrom: 'no-reply@localhost',
      imapUrl: null,
      scanner: null,
      law: null,
      strictest: null,
      balancing: new Map(),
      optOut: [],
      softOptIn: false,
      openidIssuer: null,
      openidClientId: null,
      openidClientSecret: null,
      openidTwoFactors: ['mfa', 'otp', 'hwk', 'swk', 'fido', 'pop'],
    });
    for (const empty of ['', '# nothing yet', '---'])
      expect(readConfig({}, empty)).toEqual(readConfig({}, null));
  });

  it('takes the environment before bailee.yaml, and bailee.yaml before the default', () => {
    const yaml = 'port: 5000\nhost: 0.0.0.0\ndemo: false\nledgerOrigin: shop.example/log\nlogLevel: warn\n';
    const config = readConfig({ PORT: '6000', BAILEE_DEMO: '1', BAILEE_LOG_LEVEL: '' }, yaml);
    expect(config).toMatchObject({
      port: 6000,
      host: '0.0.0.0',
      demo: true,
      demoCustomers: 2_000,
      ledgerOrigin: 'shop.example/log',
    });
    expect(config.logLevel).toBe('warn');
    expect(config.pool).toBe(10);
  });

  it('puts the key file into the data folder, unless told where', () => {
    expect(readConfig({ BAILEE_DATA: '/srv/bailee' }, null).keysFile).toBe('/srv/bailee/keys/root.json');
    expect(
      readConfig({ BAILEE_DATA: '/srv/bailee', BAILEE_KEYS_FILE: '/safe/root.json' }, null).keysFile,
    ).toBe('/safe/root.json');
    expect(readConfig({}, 'catalog: shop.yaml').catalog).toBe(resolve('shop.yaml'));
  });

  it('reads a root key as hex or base64, and nothing that only looks like one', () => {
    const bytes = Buffer.from(KEY, 'hex');
    for (const spelled of [
      KEY,
      KEY.toUpperCase(),
      ` ${KEY}\n`,
      bytes.toString('base64'),
      bytes.toString('base64url'),
    ])
      expect(readConfig({ BAILEE_ROOT_KEY: spelled }, null).rootKey).toEqual(bytes);
    const sentence = 'BAILEE_ROOT_KEY must be 32 bytes, as 64 hex digits or base64.';
    const wrong = [
      'secret',
      KEY.slice(2),
      `${KEY}ab`,
      Buffer.alloc(31).toString('base64'),
      'this is a pass phrase, and by chance it is as long as a key',
      'g'.repeat(64),
    ];
    for (const spelled of wrong) expect(faults({ BAILEE_ROOT_KEY: spelled })).toEqual([sentence]);
  });

  it.each([
    [{ PORT: '70000' }, 'PORT must be a whole number from 0 to 65535.'],
    [{ PORT: '4000.5' }, 'PORT must be a whole number from 0 to 65535.'],
    [{ PORT: ' ' }, 'PORT must be a whole number from 0 to 65535.'],
    [{ PORT: '0x10' }, 'PORT must be a whole number from 0 to 65535.'],
    [{ PORT: '-1' }, 'PORT must be a whole number from 0 to 65535.'],
    [{ BAILEE_POOL: '1' }, 'BAILEE_POOL must be a whole number from 2 to 200.'],
    [{ BAILEE_MAX_BATCHES: '0' }, 'BAILEE_MAX_BATCHES must be a whole number from 1 to 10000.'],
    [
      { BAILEE_ERASURES_PER_HOUR: 'many' },
      'BAILEE_ERASURES_PER_HOUR must be a whole number from 1 to 1000000.',
    ],
    [{ BAILEE_TOMBSTONE_DAYS: '0' }, 'BAILEE_TOMBSTONE_DAYS must be a whole number from 1 to 3650.'],
    [{ BAILEE_DEMO: 'yes' }, 'BAILEE_DEMO must be true or false.'],
    [{ BAILEE_IMAP_URL: 'imaps://host/INBOX' }, IMAP],
    [{ BAILEE_SCANNER: '127.0.0.1:3310' }, SCANNER],
    [{ BAILEE_SCANNER: 'tcp://host/path' }, SCANNER],
    [{ BAILEE_SCANNER: 'unix://run/clamd.ctl' }, SCANNER],
    [{ BAILEE_SCANNER: 'http://127.0.0.1:3310' }, SCANNER],
    [{ BAILEE_IMAP_URL: 'pop3://user:password@host' }, IMAP],
    [{ DATABASE_URL: 'mysql://shop' }, 'DATABASE_URL must start with postgres://.'],
    [{ BAILEE_LOG_LEVEL: 'loud' }, 'BAILEE_LOG_LEVEL must be one of silent, error, warn, info, debug.'],
    [
      { BAILEE_LEDGER_ORIGIN: 'shop example' },
      'BAILEE_LEDGER_ORIGIN must be letters, digits, dots, dashes and slashes, like shop.example/ledger.',
    ],
    [
      { BAILEE_PREVIOUS_ROOT_KEY: 'x' },
      'BAILEE_PREVIOUS_ROOT_KEY must be 32 bytes, as 64 hex digits or base64.',
    ],
    ...[
      'login.shop.example',
      'http://login.shop.example',
      'http://127.0.0.1.shop.example',
      'https://login.shop.example?tenant=1',
      'https://user@login.shop.example',
    ].map((address): [Record<string, string>, string] => [
      { BAILEE_OPENID_ISSUER: address },
      'BAILEE_OPENID_ISSUER must be the https address of the provider, like https://login.shop.example.',
    ]),
    [
      { BAILEE_OPENID_ISSUER: 'https://login.shop.example', BAILEE_OPENID_CLIENT_ID: 'bailee' },
      'BAILEE_OPENID_ISSUER, _CLIENT_ID and _CLIENT_SECRET go together: set all three or none.',
    ],
    [{ BAILEE_PROT: '4000' }, 'BAILEE_PROT is not a setting of Bailee; check its spelling.'],
  ])('answers %j with one sentence', (env, sentence) => {
    expect(faults(env)).toEqual([sentence]);
  });

  it.each([
    ['prot: 4000', 'prot in bailee.yaml is not a setting of Bailee; check its spelling.'],
    ['BAILEE_POOL: 5', 'BAILEE_POOL in bailee.yaml is not a setting of Bailee; check its spelling.'],
    ['constructor: 5', 'constructor in bailee.yaml is not a setting of Bailee; check its spelling.'],
    ['__proto__: 5', '__proto__ in bailee.yaml is not a setting of Bailee; check its spelling.'],
    ['port: [1, 2]', 'port in bailee.yaml must be a single value.'],
    ['port: {a: 1}', 'port in bailee.yaml must be a single value.'],
    ['port: lots', 'port in bailee.yaml must be a whole number from 0 to 65535.'],
    ['demo: 7', 'demo in bailee.yaml must be true or false.'],
    ['- port', 'bailee.yaml must be a list of settings, like `port: 4000`.'],
    ['port', 'bailee.yaml must be a list of settings, like `port: 4000`.'],
    ['port: "4000', 'bailee.yaml is not valid YAML.'],
    ['port: 1\nport: 2', 'bailee.yaml is not valid YAML.'],
  ])('answers bailee.yaml %j with one sentence', (yaml, sentence) => {
    expect(faults({}, yaml)).toEqual([sentence]);
  });

  it('takes the company’s own sign-in with its three settings, and what counts as two factors there', () => {
    const config = readConfig(
      {
        BAILEE_OPENID_ISSUER: 'http://localhost:9000',
        BAILEE_OPENID_CLIENT_ID: 'bailee',
        BAILEE_OPENID_CLIENT_SECRET: 'x',
        BAILEE_OPENID_TWO_FACTORS: 'mfa, urn:shop:strong',
      },
      null,
    );
    expect(config).toMatchObject({
      openidIssuer: 'http://localhost:9000',
      openidClientId: 'bailee',
      openidTwoFactors: ['mfa', 'urn:shop:strong'],
    });
  });

  it('tells all faults at once', () => {
    expect(
      faults({ PORT: 'x', BAILEE_POOL: 'y', BAILEE_UNKNOWN: '1' }, 'demo: maybe\nother: 1'),
    ).toHaveLength(5);
  });

  it('leaves variables of other programs, and those of its own tools, alone', () => {
    expect(faults({ PATH: '/bin', PGHOST: 'x', BAILEE_URL: 'http://x', BAILEE_SHARED: '../shared' })).toEqual(
      [],
    );
  });

  it('never repeats a value: it may be a secret put in the wrong place', () => {
    const names = [
      'PORT',
      'BAILEE_POOL',
      'BAILEE_ROOT_KEY',
      'DATABASE_URL',
      'BAILEE_DEMO',
      'BAILEE_LOG_LEVEL',
      'BAILEE_IMAP_URL',
      'BAILEE_SCANNER',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.uuid(), (name, secret) => {
        expect(JSON.stringify(faults({ [name]: secret }))).not.toContain(secret);
      }),
    );
  });
});

describe('a loopback address', () => {
  it('is one that only this machine reaches', () => {
    for (const host of ['127.0.0.1', '127.8.8.8', '::1', 'localhost']) expect(isLoopback(host)).toBe(true);
    for (const host of ['0.0.0.0', '::', '10.0.0.1', '192.168.1.2', 'shop.example', '127.shop.example', ''])
      expect(isLoopback(host)).toBe(false);
  });
});
