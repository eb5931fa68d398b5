/**
 * A policy says for each field of a record how it is shown. YAML, or JSON, which is YAML:
 *
 *     version: 1
 *     locale: de-DE
 *     fields:
 *       identity.name: name
 *       account.iban: { mask: keep-last, n: 4 }
 *       order.total: { mask: bucket, width: 50 }
 *       account.userId: pseudonym
 *
 * A field that is not named is left out.
 */
import { isNode, LineCounter, parseDocument } from 'yaml';
import { AnonymizeError } from './refuse.ts';
import { localeOf } from './text.ts';

/** Masks of `mask.ts`, by their kind. */
export const PLAIN_MASKS = [
  'name',
  'email',
  'phone',
  'address',
  'place',
  'date',
  'id',
  'card-last4',
  'ip',
  'number',
] as const;
const DATE_PARTS = ['year', 'quarter', 'month', 'day'] as const;
const ALPHABETS = ['digits', 'alphanumeric'] as const;
/** Without a setting of their own. */
const BARE_MASKS = [...PLAIN_MASKS, 'keep', 'drop', 'pseudonym', 'token'] as const;

export type Rule =
  | { readonly mask: (typeof BARE_MASKS)[number] }
  | { readonly mask: 'keep-first' | 'keep-last'; readonly n: number }
  | { readonly mask: 'label'; readonly text: string }
  | { readonly mask: 'bucket'; readonly width: number }
  | { readonly mask: 'bucket'; readonly at: readonly number[] }
  | { readonly mask: 'truncate-date'; readonly to: (typeof DATE_PARTS)[number] }
  | { readonly mask: 'generalize'; readonly to: ReadonlyMap<string, string>; readonly otherwise: string }
  | { readonly mask: 'keep-format'; readonly alphabet: (typeof ALPHABETS)[number] };

export interface Policy {
  /** BCP 47; for records whose own is not known. */
  readonly locale: string;
  readonly fields: ReadonlyMap<string, Rule>;
}

const MOST_TEXT = 1_000_000;
const MOST_FIELDS = 10_000;
/** More would show the value rather than hide it. */
const MOST_KEPT = 12;
/** Settings of each mask beside `mask` itself. */
const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  'keep-first': ['n'],
  'keep-last': ['n'],
  label: ['text'],
  bucket: ['width', 'at'],
  'truncate-date': ['to'],
  generalize: ['to', 'otherwise'],
  'keep-format': ['alphabet'],
  ...Object.fromEntries(BARE_MASKS.map((mask) => [mask, []])),
};

type Fail = (path: readonly string[], wrong: string) => never;
type Settings = Readonly<Record<string, unknown>>;

/**
 * @param text the policy itself; this room reads no files
 * @throws AnonymizeError `invalid_policy` with `{path, line, wrong}`
 */
export function parsePolicy(text: string): Policy {
  const lines = new LineCounter();
  if (text.length > MOST_TEXT) throw fault('', 1, `the policy is longer than ${MOST_TEXT} characters`);
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken !== undefined) throw fault('', lineAt(broken.pos[0]), broken.message.replace(/\.$/, ''));
  const fail: Fail = (path, wrong) => {
    const node = document.getIn(path, true);
    throw fault(path.join('.'), isNode(node) ? lineAt(node.range?.[0] ?? 0) : 1, wrong);
  };
  const root = plain(document.toJS({ maxAliasCount: 100 }), [], fail);
  only(root, ['version', 'locale', 'fields'], [], fail);
  if (root.version !== 1) fail(['version'], 'version must be 1');
  const locale = root.locale ?? 'en';
  if (typeof locale !== 'string' || localeOf(locale) === null)
    return fail(['locale'], 'locale must be a BCP 47 tag such as de-DE');
  const fields = Object.entries(plain(root.fields, ['fields'], fail));
  if (fields.length === 0 || fields.length > MOST_FIELDS)
    fail(['fields'], `there must be 1 to ${MOST_FIELDS} fields`);
  return {
    locale,
    fields: new Map(fields.map(([name, rule]) => [name, ruleOf(rule, ['fields', name], fail)])),
  };
}

function fault(path: string, line: number, wrong: string): AnonymizeError {
  const where = path === '' ? `line ${line}` : `${path} (line ${line})`;
  return new AnonymizeError('invalid_policy', `The policy is wrong at ${where}: ${wrong}.`, {
    path,
    line,
    wrong,
  });
}

function plain(value: unknown, path: readonly string[], fail: Fail): Settings {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Settings;
  return fail(path, `${path.length === 0 ? 'a policy' : 'this'} must be a map of names`);
}

function only(settings: Settings, allowed: readonly string[], path: readonly string[], fail: Fail): void {
  const unknown = Object.keys(settings).find((key) => !allowed.includes(key));
  if (unknown !== undefined)
    fail([...path, unknown], `this setting is not known; there are: ${allowed.join(', ')}`);
}

function ruleOf(given: unknown, path: readonly string[], fail: Fail): Rule {
  const short = typeof given === 'string';
  const settings = short ? { mask: given } : plain(given, path, fail);
  const at = (name: string) => (short ? path : [...path, name]);
  const { mask } = settings;
  if (typeof mask !== 'string' || !Object.hasOwn(SETTINGS, mask))
    return fail(at('mask'), `mask must be one of: ${Object.keys(SETTINGS).join(', ')}`);
  only(settings, ['mask', ...SETTINGS[mask]!], path, fail);
  switch (mask) {
    case 'keep-first':
    case 'keep-last':
      return { mask, n: whole(settings.n, 1, MOST_KEPT, at('n'), fail) };
    case 'label':
      return { mask, text: words(settings.text, at('text'), fail) };
    case 'bucket':
      return bucketOf(settings, at, fail);
    case 'truncate-date':
      return { mask, to: oneOf(settings.to, DATE_PARTS, at('to'), fail) };
    case 'generalize':
      return generalizeOf(settings, at, fail);
    case 'keep-format':
      return { mask, alphabet: oneOf(settings.alphabet, ALPHABETS, at('alphabet'), fail) };
    default:
      return { mask: mask as (typeof BARE_MASKS)[number] };
  }
}

type At = (name: string) => readonly string[];

function bucketOf({ width, at: bounds }: Settings, at: At, fail: Fail): Rule {
  if ((width === undefined) === (bounds === undefined)) fail(at('mask'), 'a bucket takes either width or at');
  if (bounds === undefined)
    return { mask: 'bucket', width: whole(width, 1, Number.MAX_SAFE_INTEGER, at('width'), fail) };
  const sorted =
    Array.isArray(bounds) &&
    bounds.length > 0 &&
    bounds.every((bound, place) => Number.isFinite(bound) && (place === 0 || bound > bounds[place - 1]));
  return sorted ? { mask: 'bucket', at: bounds as number[] } : fail(at('at'), 'at must be numbers that rise');
}

function generalizeOf({ to, otherwise = '*' }: Settings, at: At, fail: Fail): Rule {
  const entries = Object.entries(plain(to, at('to'), fail));
  const general = entries.map(([value, wider]): [string, string] => [
    value,
    words(wider, [...at('to'), value], fail),
  ]);
  return { mask: 'generalize', to: new Map(general), otherwise: words(otherwise, at('otherwise'), fail) };
}

function whole(value: unknown, least: number, most: number, path: readonly string[], fail: Fail): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most)
    return value;
  return fail(path, `this must be a whole number from ${least} to ${most}`);
}

function words(value: unknown, path: readonly string[], fail: Fail): string {
  return typeof value === 'string' && value !== '' ? value : fail(path, 'this must be a text');
}

function oneOf<Name extends string>(
  value: unknown,
  names: readonly Name[],
  path: readonly string[],
  fail: Fail,
): Name {
  const found = names.find((name) => name === value);
  return found ?? fail(path, `this must be one of: ${names.join(', ')}`);
}
