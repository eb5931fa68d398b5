/** Who calls: a presented key is looked up by its SHA-256, so the database holds nothing that opens a door. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Role } from '../../../contract/names.ts';
import { isLoopback } from '../../platform/config.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { HttpApp } from './app.ts';
import type { Principal, StoreFacts } from './principal.ts';
import { originIsKnown, readKey } from './sql.ts';

export interface Keys {
  /** Throws `unknown_key`, also for revoked keys and for demo keys where others can reach the server. */
  lookUp(presented: string): Promise<Principal>;
  /** Whether a preflight from this origin is answered. */
  knowsOrigin(origin: string): Promise<boolean>;
}

/** A key that is revoked, or an origin that is struck off, is refused after at most this long. */
const REMEMBERED_MS = 5_000;
const MOST_REMEMBERED = 10_000;
const KEY_SHAPE = /^[\x21-\x7e]{8,200}$/;
const ORIGIN_SHAPE = /^[a-z][a-z0-9+.-]*:\/\/[\x21-\x7e]{1,300}$/;

export function makeKeys(app: Pick<HttpApp, 'ctx' | 'operatorToken'>): Keys {
  const { ctx } = app;
  const principals = memory<Principal>(ctx.clock.now);
  const origins = memory<boolean>(ctx.clock.now);
  const operator = app.operatorToken === null ? null : sha256(app.operatorToken);
  const lookUp = async (presented: string): Promise<Principal> => {
    if (!KEY_SHAPE.test(presented)) throw unknownKey();
    const hash = sha256(presented);
    if (operator !== null && timingSafeEqual(hash, operator)) return { kind: 'operator' };
    const name = hash.toString('base64');
    const known = principals.get(name);
    if (known !== undefined) return known;
    const row = await readKey(ctx.db, hash, new Date(ctx.clock.now()));
    if (row === null) throw unknownKey();
    if (row.demo && !isLoopback(ctx.config.host))
      throw new BaileeError(
        'unknown_key',
        'Keys of the demo shop work only while the server is bound to the loopback address.',
      );
    const store = { id: row.store_id, country: row.country, origins: row.origins, demo: row.demo };
    const principal: Principal =
      row.kind === 'api'
        ? { kind: 'api', id: row.id, role: row.role as Role, store }
        : { kind: row.kind, id: row.id, store };
    principals.set(name, principal);
    return principal;
  };
  const knowsOrigin = async (origin: string): Promise<boolean> => {
    if (!ORIGIN_SHAPE.test(origin)) return false;
    const known = origins.get(origin) ?? (await originIsKnown(ctx.db, origin));
    origins.set(origin, known);
    return known;
  };
  return { lookUp, knowsOrigin };
}

/** Whether pages of this origin may use the store's browser keys. */
export function allowsOrigin(store: StoreFacts, origin: string): boolean {
  return store.origins.length === 0 ? store.demo : store.origins.includes(origin);
}

export function unknownKey(): BaileeError {
  return new BaileeError('unknown_key', 'This key is not known, or it was revoked.');
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** A map that forgets after `REMEMBERED_MS`, and the oldest first when it is full. */
function memory<Value>(now: () => number) {
  const held = new Map<string, { readonly value: Value; readonly until: number }>();
  return {
    get(name: string): Value | undefined {
      const found = held.get(name);
      if (found === undefined || found.until > now()) return found?.value;
      held.delete(name);
      return undefined;
    },
    set(name: string, value: Value): void {
      if (held.has(name)) return;
      const oldest = held.size >= MOST_REMEMBERED ? held.keys().next().value : undefined;
      if (oldest !== undefined) held.delete(oldest);
      held.set(name, { value, until: now() + REMEMBERED_MS });
    },
  };
}
