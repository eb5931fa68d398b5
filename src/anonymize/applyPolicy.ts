import { sealFormat } from './keepFormat.ts';
import { mask } from './mask.ts';
import type { Policy, Rule } from './policy.ts';
import { pseudonym, type Use } from './pseudonym.ts';
import { bucketByBounds, bucketByWidth, keepEnd, truncateDate } from './recode.ts';
import { AnonymizeError } from './refuse.ts';
import { textOf } from './text.ts';
import { sealToken } from './token.ts';

/** Keys of the masks that need one. Give those that the policy uses. */
export interface PolicyKeys {
  /** At least 32 bytes. */
  readonly pseudonym?: Buffer;
  /** 64 bytes. */
  readonly token?: Buffer;
  /** 16, 24 or 32 bytes. */
  readonly format?: Buffer;
}

export interface Applied {
  /** For whom and for what the record is made; pseudonyms and tokens hold for that alone. */
  readonly use: Use;
  readonly keys?: PolicyKeys;
  /** BCP 47, of the customer; that of the policy unless given. */
  readonly locale?: string;
}

/**
 * The record as the policy shows it, in the policy's order. Fields that the policy does not name, or drops, are
 * left out; a value that its mask cannot read is null, never itself.
 * @throws AnonymizeError with the field in `details`: `invalid_key` when a key is missing or too short,
 *   `domain_too_small` where a format has too few values, `invalid_value`
 */
export function applyPolicy(
  policy: Policy,
  record: Readonly<Record<string, unknown>>,
  applied: Applied,
): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [field, rule] of policy.fields) {
    if (rule.mask === 'drop') continue;
    const value = Object.hasOwn(record, field) ? record[field] : undefined;
    if (value === undefined) continue;
    shown[field] = value === null ? null : named(field, () => shownBy(rule, value, applied, policy.locale));
  }
  return shown;
}

/** Any refusal, with the name of the field. */
function named<Result>(field: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AnonymizeError)) throw error;
    throw new AnonymizeError(error.code, `${field}: ${error.message}`, { ...error.details, field });
  }
}

function shownBy(rule: Rule, value: unknown, { use, keys = {}, locale }: Applied, usual: string): unknown {
  const tag = locale ?? usual;
  switch (rule.mask) {
    case 'keep':
      return value;
    case 'keep-first':
      return keepEnd(value, rule.n, 'first');
    case 'keep-last':
      return keepEnd(value, rule.n, 'last');
    case 'label':
      return rule.text;
    case 'bucket':
      return 'width' in rule ? bucketByWidth(value, rule.width, tag) : bucketByBounds(value, rule.at, tag);
    case 'truncate-date':
      return truncateDate(value, rule.to);
    case 'generalize':
      return rule.to.get(textOf(value) ?? '') ?? rule.otherwise;
    case 'pseudonym':
      return ofText(value, (text) => pseudonym(keyOf(keys, 'pseudonym'), text, use));
    case 'token':
      return ofText(value, (text) => sealToken(keyOf(keys, 'token'), text, use));
    case 'keep-format':
      return ofText(value, (text) =>
        sealFormat({ key: keyOf(keys, 'format'), alphabet: rule.alphabet, tweak: tweakOf(use) }, text),
      );
    case 'drop':
      return null;
    default:
      return mask(rule.mask, value, tag);
  }
}

function ofText(value: unknown, work: (text: string) => string): string | null {
  const text = textOf(value);
  return text === null || text === '' ? null : work(text);
}

function keyOf(keys: PolicyKeys, name: keyof PolicyKeys): Buffer {
  const key = keys[name];
  if (key !== undefined) return key;
  throw new AnonymizeError('invalid_key', `The policy needs the key "${name}".`, { key: name });
}

/** Purpose and recipient, so that two recipients do not get the same digits. */
function tweakOf({ purpose, recipient }: Use): Buffer {
  return Buffer.from(JSON.stringify([purpose, recipient]), 'utf8');
}
