/** Who is meant, and on what evidence: options that several commands share. */
import type { Client } from './client.ts';
import { CommandError, EXIT } from './exit.ts';

export const WHO_OPTIONS = {
  email: { type: 'string' },
  user: { type: 'string' },
  phone: { type: 'string' },
  device: { type: 'string' },
  'order-number': { type: 'string' },
  'case-number': { type: 'string' },
} as const;
export const EVIDENCE_OPTIONS = {
  case: { type: 'string' },
  order: { type: 'string' },
  request: { type: 'string' },
  reason: { type: 'string' },
} as const;

const KIND_OF = {
  email: 'email',
  user: 'userId',
  phone: 'phone',
  device: 'anonymousId',
  'order-number': 'order',
  'case-number': 'case',
} as const;

type Values = Readonly<Record<string, unknown>>;

/** Exactly one of `--case --order --request --reason`, or none: null. */
export function evidenceOf(values: Values): Record<string, string> | null {
  const given = Object.keys(EVIDENCE_OPTIONS).flatMap((name) => {
    const value = values[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  if (given.length > 1)
    throw new CommandError(EXIT.usage, 'Give one kind of evidence: --case, --order, --request or --reason.');
  return given.length === 0 ? null : Object.fromEntries(given);
}

export interface Who {
  /** A customer id, or null when an identifier was given. */
  readonly id: string | null;
  readonly identifier: { readonly kind: string; readonly value: string } | null;
}

/** A customer id as a word, or one identifier as an option. An order given as evidence also tells who is meant. */
export function whoOf(words: readonly string[], values: Values): Who {
  const found = Object.entries(KIND_OF).flatMap(([name, kind]) => {
    const value = values[name];
    return typeof value === 'string' ? [{ kind, value }] : [];
  });
  const [id] = words;
  if (words.length > 1 || found.length + words.length > 1)
    throw new CommandError(EXIT.usage, 'Name one customer: an id, or one identifier.');
  if (id !== undefined) return { id, identifier: null };
  if (found[0] !== undefined) return { id: null, identifier: found[0] };
  for (const kind of ['order', 'case'] as const) {
    const value = values[kind];
    if (typeof value === 'string') return { id: null, identifier: { kind, value } };
  }
  throw new CommandError(
    EXIT.usage,
    'Name the customer: an id, or --email, --user, --phone, --device, --order-number or --case-number.',
  );
}

/** The id of the customer that is meant; an identifier is looked up through the gate, which records it. */
export async function idOf(
  client: Client,
  who: Who,
  ask: { readonly key: string; readonly purpose: string; readonly evidence: Record<string, string> | null },
): Promise<string> {
  if (who.id !== null) return who.id;
  const { customers } = (await client.request({
    method: 'POST',
    path: '/api/customers/find',
    body: {
      identifier: who.identifier,
      purpose: ask.purpose,
      ...(ask.evidence === null ? {} : { evidence: ask.evidence }),
    },
    as: { key: ask.key },
  })) as { customers: { id: string }[] };
  const [found] = customers;
  if (found === undefined) throw new CommandError(EXIT.failed, 'No customer goes by this identifier.');
  return found.id;
}
