/** Evidence as callers name it, and as the gate finds it to be. */
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import { identifierToken } from '../keys/blind.ts';
import type { EvidenceFound } from '../law/types.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Ctx } from '../platform/ports.ts';
import { type EvidenceTarget, type EvidenceToken, REQUEST_EVIDENCE, tokenName } from '../vault/identify.ts';

/** Exactly one of these. */
export type Evidence =
  | { readonly case: string }
  | { readonly order: string }
  | { readonly request: string }
  | { readonly reason: string };

/** What the evidence turned out to be, and what it lets the caller see of orders and cases. */
export interface Weighed {
  readonly found: EvidenceFound | null;
  /** The order it names, or the case's order. */
  readonly order: string | null;
  readonly case: string | null;
  /** The request, where it holds. */
  readonly request?: string | null;
  /** The break-glass that stands in for both. */
  readonly glass?: string;
}

const NOTHING: Weighed = { found: null, order: null, case: null };

/** Checks the shape. Throws `invalid_evidence`. */
export function readEvidence(value: unknown): Evidence | null {
  if (value === undefined || value === null) return null;
  const fault = new BaileeError(
    'invalid_evidence',
    'Evidence is one of {case}, {order}, {request}, {reason}, with a text.',
  );
  if (typeof value !== 'object' || Array.isArray(value)) throw fault;
  const names = Object.keys(value);
  const name = names[0];
  if (names.length !== 1 || name === undefined || !['case', 'order', 'request', 'reason'].includes(name))
    throw fault;
  const text: unknown = (value as Record<string, unknown>)[name];
  if (typeof text !== 'string' || text.trim() === '' || text.length > 500 || !text.isWellFormed())
    throw fault;
  return { [name]: text } as Evidence;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The token to look up for a case or an order number, or for the id of a case or a request; null for other evidence. */
export function evidenceToken(ctx: Ctx, store: string, evidence: Evidence | null): EvidenceToken | null {
  if (evidence === null) return null;
  if ('request' in evidence) return requestToken(store, evidence.request);
  const kind = 'case' in evidence ? 'case' : 'order' in evidence ? 'order' : null;
  if (kind === null) return null;
  const normalized = normalizeIdentifier(
    kind,
    'case' in evidence ? evidence.case : (evidence as { order: string }).order,
  );
  if (!normalized.ok) return null;
  const row = kind === 'case' && UUID.test(normalized.value) ? { row: normalized.value.toLowerCase() } : {};
  return { store, kind, token: identifierToken(ctx, store, kind, normalized.value), ...row };
}

/** A request is named by its id alone. */
function requestToken(store: string, text: string): EvidenceToken | null {
  if (!UUID.test(text)) return null;
  const row = text.toLowerCase();
  return { store, kind: 'request', token: Buffer.from(row, 'latin1'), row };
}

const KIND_NUMBER = { order: 5, case: 6 } as const;

/** Weighs evidence against the customers that belong together: a case must be open, and all must be theirs. */
export function weigh(
  evidence: Evidence | null,
  token: Pick<EvidenceToken, 'token'> | null,
  targets: ReadonlyMap<string, EvidenceTarget>,
  cluster: ReadonlySet<string>,
): Weighed {
  if (evidence === null) return NOTHING;
  if ('request' in evidence) {
    const asked = token === null ? undefined : targets.get(tokenName(REQUEST_EVIDENCE, token.token));
    const holds = asked !== undefined && cluster.has(asked.customer);
    return { ...NOTHING, found: { kind: 'request', holds }, ...(holds ? { request: asked.target } : {}) };
  }
  if ('reason' in evidence) return { ...NOTHING, found: { kind: 'reason', holds: true } };
  const kind = 'case' in evidence ? 'case' : 'order';
  const target = token === null ? undefined : targets.get(tokenName(KIND_NUMBER[kind], token.token));
  if (target === undefined || !cluster.has(target.customer))
    return { ...NOTHING, found: { kind, holds: false } };
  if (kind === 'order') return { found: { kind, holds: true }, order: target.target, case: null };
  return {
    found: { kind, holds: target.caseState === 'open' },
    order: target.caseOrder,
    case: target.target,
  };
}

/** How an entry names the evidence: its kind, and for cases and orders the row it points to. Free text never. */
export function evidenceEntry(weighed: Weighed): Record<string, string> | null {
  if (weighed.found === null) return null;
  const row =
    weighed.glass ?? weighed.request ?? (weighed.found.kind === 'case' ? weighed.case : weighed.order);
  return { kind: weighed.found.kind, ...(row === null || row === undefined ? {} : { row }) };
}
