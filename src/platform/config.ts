/** Configuration: environment, then `bailee.yaml`, then defaults. One clear sentence per fault, all at once. */
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { OPTIONAL_PURPOSES, PURPOSES } from '../../contract/names.ts';
import type { RetentionSetting, TimedKind } from '../../contract/retention.ts';
import { BaileeError } from './errors.ts';
import { retentionTimes } from './retention-times.ts';

export interface Config {
  /** Address the server binds; anything but loopback refuses demo credentials. */
  readonly host: string;
  readonly port: number;
  /** Folder of the trial database, the key file, `run.json` and the erasure journal. */
  readonly data: string;
  /** PostgreSQL; null runs the embedded trial engine. */
  readonly databaseUrl: string | null;
  /** Connections of one node. */
  readonly pool: number;
  /** 32 bytes; null keeps epoch keys in `keysFile`. */
  readonly rootKey: Buffer | null;
  /** The root before, while `bailee rotate` moves the keys to `rootKey`. */
  readonly previousRootKey: Buffer | null;
  readonly keysFile: string;
  /** Name of the log in checkpoints and of its signing key. */
  readonly ledgerOrigin: string;
  /** Fill an empty installation with the demo shop. */
  readonly demo: boolean;
  /** Customers of the demo shop. */
  readonly demoCustomers: number;
  /** YAML that extends the default catalog. */
  readonly catalog: string | null;
  /** CSS that gives the privacy center the shop's colors and letters; null: Bailee's own. */
  readonly centerStyle: string | null;
  /** Folder of policy packs, or `bailee` for those that come with it; null: the built-in rules alone. */
  readonly law: string | null;
  /** Regimes that stand in where a customer's region is not known; null: the strictest of the packs at hand. */
  readonly strictest: readonly string[] | null;
  /** Purposes with a balancing record, and the day until which it is current. */
  readonly balancing: ReadonlyMap<string, string>;
  /** Optional purposes that stay open until a refusal, where every regime leaves it so. */
  readonly optOut: readonly string[];
  /** E-mail to buyers by the soft opt-in, where every regime leaves it so. */
  readonly softOptIn: boolean;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Batches that may be in work at once before the answer is 429. */
  readonly maxBatches: number;
  /** Erasures one API key may order in an hour. */
  readonly erasuresPerHour: number;
  /** Calls of one person in a minute, on one node: what opens something of a customer, and what finds them. */
  readonly openingsPerMinute: number;
  readonly findsPerMinute: number;
  /** The same for one API key: machines work faster. */
  readonly keyOpeningsPerMinute: number;
  readonly keyFindsPerMinute: number;
  /** Days a tombstone stops what comes back. */
  readonly tombstoneDays: number;
  /** How long kinds of records are kept, where the store says otherwise than Bailee. */
  readonly retention: ReadonlyMap<TimedKind, RetentionSetting>;
  /** Where people reach this server from outside; links in mails begin with it. Null: no links are made. */
  readonly publicUrl: string | null;
  /** Header in which the proxy in front tells the visitor's country; null: nobody tells. */
  readonly countryHeader: string | null;
  /** Recipients may be told in private networks, and over http on this machine. */
  readonly privateRecipients: boolean;
  /** IANA zone whose calendar counts the days of requests. */
  readonly timeZone: string;
  /** Days `YYYY-MM-DD` that are no business days, beside Saturdays and Sundays. */
  readonly holidays: readonly string[];
  /** Proxies in front whose word about a visitor's address is taken: addresses or networks. */
  readonly trustedProxies: readonly string[];
  /** Mail server, with user and password: `smtps://user:password@host`. Null: Bailee sends no mail. */
  readonly smtpUrl: string | null;
  /** Sender of the mails that confirm a choice or answer a case. */
  readonly mailFrom: string;
  /** Mailbox whose mails become cases: `imaps://user:password@host/INBOX`. Null: none is read. */
  readonly imapUrl: string | null;
  /** Virus scanner (clamd) that files of strangers are shown to: `tcp://127.0.0.1:3310`, `unix:///run/clamd.sock`. Null: none. */
  readonly scanner: string | null;
  /** The company's own sign-in (OpenID Connect): who vouches for staff. Null: nobody but Bailee itself. */
  readonly openidIssuer: string | null;
  readonly openidClientId: string | null;
  readonly openidClientSecret: string | null;
  /** Values of `amr` or `acr` (RFC 8176) by which the provider says that it asked for a second factor. */
  readonly openidTwoFactors: readonly string[];
}

type Raw = Record<string, unknown>;

interface Setting<T> {
  readonly env: string;
  readonly yaml: string;
  readonly parse: (value: string, name: string) => T;
  readonly fallback: T;
}

const text = (value: string): string => value;

function whole(least: number, most: number) {
  return (value: string, name: string): number => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (!Number.isInteger(number) || number < least || number > most)
      throw new Error(`${name} must be a whole number from ${least} to ${most}.`);
    return number;
  };
}

function flag(value: string, name: string): boolean {
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw new Error(`${name} must be true or false.`);
}

/** `a, b, c` */
function names(value: string): readonly string[] {
  return value
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function zone(value: string, name: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return value;
  } catch {
    throw new Error(`${name} must be a time zone, like Europe/Berlin.`);
  }
}

/** `2026-12-25, 2027-01-01` */
function days(value: string, name: string): readonly string[] {
  const found = names(value);
  if (found.some((each) => !/^\d{4}-\d{2}-\d{2}$/.test(each) || Number.isNaN(Date.parse(each))))
    throw new Error(`${name} takes days, like 2026-12-25.`);
  return found;
}

/** `10.0.0.1, 10.1.0.0/16` */
function networks(value: string, name: string): readonly string[] {
  const found = names(value);
  if (found.some((each) => isIP(each.replace(/\/\d{1,3}$/, '')) === 0))
    throw new Error(`${name} takes addresses and networks, like 10.0.0.1 or 10.1.0.0/16.`);
  return found;
}

function purposes(value: string, name: string, known: readonly string[]): readonly string[] {
  const found = names(value);
  const unknown = found.find((each) => !known.includes(each));
  if (unknown !== undefined) throw new Error(`${name} takes purposes, one of: ${known.join(', ')}.`);
  return found;
}

function optionalPurposes(value: string, name: string): readonly string[] {
  return purposes(value, name, OPTIONAL_PURPOSES);
}

/** `fraud-prevention=2027-05-01`: each record is current until its day. */
function untilDays(value: string, name: string): ReadonlyMap<string, string> {
  return new Map(
    names(value).map((each) => {
      const [purpose, until] = each.split('=');
      purposes(purpose ?? '', name, PURPOSES);
      if (until === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(until) || Number.isNaN(Date.parse(until)))
        throw new Error(`${name} takes purpose=YYYY-MM-DD, the day until which the record is current.`);
      return [purpose!, until] as const;
    }),
  );
}

function rootKey(value: string, name: string): Buffer {
  const trimmed = value.trim();
  const hex = /^[0-9a-f]{64}$/i.test(trimmed);
  // Spelled out, since the decoder skips what is not base64: a sentence would pass for a key.
  if (!hex && !/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed))
    throw new Error(`${name} must be 32 bytes, as 64 hex digits or base64.`);
  return Buffer.from(trimmed, hex ? 'hex' : 'base64');
}

function databaseUrl(value: string, name: string): string {
  if (!/^postgres(ql)?:\/\//.test(value)) throw new Error(`${name} must start with postgres://.`);
  return value;
}

function origin(value: string, name: string): string {
  if (!/^[A-Za-z0-9.\-/]{1,120}$/.test(value))
    throw new Error(`${name} must be letters, digits, dots, dashes and slashes, like shop.example/ledger.`);
  return value;
}

function logLevel(value: string, name: string): Config['logLevel'] {
  const levels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
  const level = levels.find((each) => each === value);
  if (level === undefined) throw new Error(`${name} must be one of ${levels.join(', ')}.`);
  return level;
}

function publicUrl(value: string, name: string): string {
  if (!/^https?:\/\/[^\s?#]+$/.test(value))
    throw new Error(`${name} must be an address, like https://data.shop.example.`);
  return value.replace(/\/+$/, '');
}

function headerName(value: string, name: string): string {
  if (!/^[A-Za-z0-9-]{1,60}$/.test(value))
    throw new Error(`${name} must be the name of a header, like CF-IPCountry.`);
  return value.toLowerCase();
}

function smtpUrl(value: string, name: string): string {
  if (!/^smtps?:\/\//.test(value)) throw new Error(`${name} must start with smtp:// or smtps://.`);
  return value;
}

/** `imap:` goes on only after STARTTLS, but on this machine. */
function imapUrl(value: string, name: string): string {
  if (!/^imaps?:\/\/[^\s/@]+:[^\s/@]+@[^\s/@]/.test(value) || !URL.canParse(value))
    throw new Error(`${name} must be like imaps://user:password@host/INBOX.`);
  return value;
}

function scanner(value: string, name: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  const tcp = url?.protocol === 'tcp:' && url.hostname !== '' && /^\/?$/.test(url.pathname);
  const unix = url?.protocol === 'unix:' && url.hostname === '' && /^\/[^%]+$/.test(url.pathname);
  if (!(tcp || unix) || `${url.username}${url.search}${url.hash}` !== '')
    throw new Error(`${name} must be like tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl.`);
  return value;
}

function issuer(value: string, name: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (!safe || url?.search !== '' || url.hash !== '' || url.username !== '')
    throw new Error(`${name} must be the https address of the provider, like https://login.shop.example.`);
  return value;
}

const SETTINGS = {
  host: { env: 'HOST', yaml: 'host', parse: text, fallback: '127.0.0.1' },
  port: { env: 'PORT', yaml: 'port', parse: whole(0, 65_535), fallback: 4000 },
  data: { env: 'BAILEE_DATA', yaml: 'data', parse: text, fallback: 'data' },
  databaseUrl: { env: 'DATABASE_URL', yaml: 'databaseUrl', parse: databaseUrl, fallback: null },
  pool: { env: 'BAILEE_POOL', yaml: 'pool', parse: whole(2, 200), fallback: 10 },
  rootKey: { env: 'BAILEE_ROOT_KEY', yaml: 'rootKey', parse: rootKey, fallback: null },
  previousRootKey: {
    env: 'BAILEE_PREVIOUS_ROOT_KEY',
    yaml: 'previousRootKey',
    parse: rootKey,
    fallback: null,
  },
  keysFile: { env: 'BAILEE_KEYS_FILE', yaml: 'keysFile', parse: text, fallback: null },
  ledgerOrigin: {
    env: 'BAILEE_LEDGER_ORIGIN',
    yaml: 'ledgerOrigin',
    parse: origin,
    fallback: 'bailee.local/ledger',
  },
  demo: { env: 'BAILEE_DEMO', yaml: 'demo', parse: flag, fallback: true },
  // Enough that lists, queues and counts look like a shop's; filling the trial engine takes about fifteen seconds.
  demoCustomers: {
    env: 'BAILEE_DEMO_CUSTOMERS',
    yaml: 'demoCustomers',
    parse: whole(50, 20_000),
    fallback: 2_000,
  },
  catalog: { env: 'BAILEE_CATALOG', yaml: 'catalog', parse: text, fallback: null },
  centerStyle: { env: 'BAILEE_CENTER_STYLE', yaml: 'centerStyle', parse: text, fallback: null },
  law: { env: 'BAILEE_LAW', yaml: 'law', parse: text, fallback: null },
  strictest: { env: 'BAILEE_STRICTEST', yaml: 'strictest', parse: names, fallback: null },
  balancing: {
    env: 'BAILEE_BALANCING',
    yaml: 'balancing',
    parse: untilDays,
    fallback: new Map<string, string>(),
  },
  optOut: { env: 'BAILEE_OPT_OUT', yaml: 'optOut', parse: optionalPurposes, fallback: [] },
  softOptIn: { env: 'BAILEE_SOFT_OPT_IN', yaml: 'softOptIn', parse: flag, fallback: false },
  logLevel: { env: 'BAILEE_LOG_LEVEL', yaml: 'logLevel', parse: logLevel, fallback: 'info' },
  maxBatches: { env: 'BAILEE_MAX_BATCHES', yaml: 'maxBatches', parse: whole(1, 10_000), fallback: 64 },
  erasuresPerHour: {
    env: 'BAILEE_ERASURES_PER_HOUR',
    yaml: 'erasuresPerHour',
    parse: whole(1, 1_000_000),
    fallback: 100,
  },
  openingsPerMinute: {
    env: 'BAILEE_OPENINGS_PER_MINUTE',
    yaml: 'openingsPerMinute',
    parse: whole(1, 1_000_000),
    fallback: 300,
  },
  findsPerMinute: {
    env: 'BAILEE_FINDS_PER_MINUTE',
    yaml: 'findsPerMinute',
    parse: whole(1, 1_000_000),
    fallback: 120,
  },
  keyOpeningsPerMinute: {
    env: 'BAILEE_KEY_OPENINGS_PER_MINUTE',
    yaml: 'keyOpeningsPerMinute',
    parse: whole(1, 1_000_000),
    fallback: 30_000,
  },
  keyFindsPerMinute: {
    env: 'BAILEE_KEY_FINDS_PER_MINUTE',
    yaml: 'keyFindsPerMinute',
    parse: whole(1, 1_000_000),
    fallback: 12_000,
  },
  tombstoneDays: {
    env: 'BAILEE_TOMBSTONE_DAYS',
    yaml: 'tombstoneDays',
    parse: whole(1, 3650),
    fallback: 400,
  },
  retention: {
    env: 'BAILEE_RETENTION',
    yaml: 'retention',
    parse: retentionTimes,
    fallback: new Map<TimedKind, RetentionSetting>(),
  },
  publicUrl: { env: 'BAILEE_PUBLIC_URL', yaml: 'publicUrl', parse: publicUrl, fallback: null },
  countryHeader: { env: 'BAILEE_COUNTRY_HEADER', yaml: 'countryHeader', parse: headerName, fallback: null },
  privateRecipients: {
    env: 'BAILEE_PRIVATE_RECIPIENTS',
    yaml: 'privateRecipients',
    parse: flag,
    fallback: false,
  },
  timeZone: { env: 'BAILEE_TIME_ZONE', yaml: 'timeZone', parse: zone, fallback: 'UTC' },
  holidays: { env: 'BAILEE_HOLIDAYS', yaml: 'holidays', parse: days, fallback: [] },
  trustedProxies: {
    env: 'BAILEE_TRUSTED_PROXIES',
    yaml: 'trustedProxies',
    parse: networks,
    fallback: [],
  },
  smtpUrl: { env: 'BAILEE_SMTP_URL', yaml: 'smtpUrl', parse: smtpUrl, fallback: null },
  mailFrom: { env: 'BAILEE_MAIL_FROM', yaml: 'mailFrom', parse: text, fallback: 'no-reply@localhost' },
  imapUrl: { env: 'BAILEE_IMAP_URL', yaml: 'imapUrl', parse: imapUrl, fallback: null },
  scanner: { env: 'BAILEE_SCANNER', yaml: 'scanner', parse: scanner, fallback: null },
  openidIssuer: { env: 'BAILEE_OPENID_ISSUER', yaml: 'openidIssuer', parse: issuer, fallback: null },
  openidClientId: { env: 'BAILEE_OPENID_CLIENT_ID', yaml: 'openidClientId', parse: text, fallback: null },
  openidClientSecret: {
    env: 'BAILEE_OPENID_CLIENT_SECRET',
    yaml: 'openidClientSecret',
    parse: text,
    fallback: null,
  },
  openidTwoFactors: {
    env: 'BAILEE_OPENID_TWO_FACTORS',
    yaml: 'openidTwoFactors',
    parse: names,
    fallback: ['mfa', 'otp', 'hwk', 'swk', 'fido', 'pop'],
  },
} as const satisfies Record<string, Setting<unknown>>;

/** Read by the CLI and by test runs, not by the server. */
const OTHER_KEYS = new Set([
  'BAILEE_CONFIG',
  'BAILEE_URL',
  'BAILEE_API_KEY',
  'BAILEE_SHARED',
  'BAILEE_TEST_POSTGRES',
  'BAILEE_NO_SKIP',
]);

/**
 * Reads the whole configuration. `env` is the process environment, `yaml` the text of `bailee.yaml` or null.
 * Throws `BaileeError('invalid_configuration')` whose `details.faults` lists one sentence per fault.
 */
export function readConfig(env: NodeJS.ProcessEnv, yaml: string | null): Config {
  const faults: string[] = [];
  const file = readFile(yaml, faults);
  const known = new Set<string>(Object.values(SETTINGS).map((setting) => setting.env));
  for (const name of Object.keys(env))
    if (name.startsWith('BAILEE_') && !known.has(name) && !OTHER_KEYS.has(name))
      faults.push(`${name} is not a setting of Bailee; check its spelling.`);

  const values: Raw = {};
  for (const [key, setting] of Object.entries(SETTINGS) as [string, Setting<unknown>][])
    values[key] = readSetting(setting, env, file, faults);
  const openid = [values.openidIssuer, values.openidClientId, values.openidClientSecret];
  if (faults.length === 0 && new Set(openid.map((each) => each === null)).size > 1)
    faults.push('BAILEE_OPENID_ISSUER, _CLIENT_ID and _CLIENT_SECRET go together: set all three or none.');
  if (faults.length > 0) throw new BaileeError('invalid_configuration', faults.join(' '), { faults });

  const data = resolve(values.data as string);
  return {
    ...(values as unknown as Config),
    data,
    keysFile:
      values.keysFile === null ? resolve(data, 'keys', 'root.json') : resolve(values.keysFile as string),
    catalog: values.catalog === null ? null : resolve(values.catalog as string),
    centerStyle: values.centerStyle === null ? null : resolve(values.centerStyle as string),
  };
}

function readFile(yaml: string | null, faults: string[]): Raw {
  if (yaml === null) return {};
  let document: unknown;
  try {
    document = parseYaml(yaml);
  } catch {
    faults.push('bailee.yaml is not valid YAML.');
    return {};
  }
  if (document === null || document === undefined) return {};
  if (typeof document !== 'object' || Array.isArray(document)) {
    faults.push('bailee.yaml must be a list of settings, like `port: 4000`.');
    return {};
  }
  const known = new Set<string>(Object.values(SETTINGS).map((setting) => setting.yaml));
  for (const name of Object.keys(document))
    if (!known.has(name))
      faults.push(`${name} in bailee.yaml is not a setting of Bailee; check its spelling.`);
  return document as Raw;
}

function readSetting(
  setting: Setting<unknown>,
  env: NodeJS.ProcessEnv,
  file: Raw,
  faults: string[],
): unknown {
  const fromEnv = env[setting.env];
  const fromFile = file[setting.yaml];
  const [name, raw] =
    fromEnv !== undefined && fromEnv !== ''
      ? [setting.env, fromEnv]
      : [`${setting.yaml} in bailee.yaml`, fromFile];
  if (raw === undefined || raw === null) return setting.fallback;
  if (typeof raw === 'object') {
    faults.push(`${name} must be a single value.`);
    return setting.fallback;
  }
  try {
    return setting.parse(String(raw), name);
  } catch (error) {
    faults.push((error as Error).message);
    return setting.fallback;
  }
}

/** True for addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
