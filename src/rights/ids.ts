/** From identifiers to customer ids: nothing is opened, and nothing of a person is answered. */
import { IDENTIFIER_KINDS, type IdentifierKind } from '../../contract/names.ts';
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import { identifierToken } from '../keys/blind.ts';
import type { Ctx } from '../platform/ports.ts';
import { lookUp, members, tokenName } from '../vault/identify.ts';

/** The customer (root of what belongs together) that each value names in a store. Unknown values are not in the answer. */
export async function idsOf(
  ctx: Ctx,
  store: string,
  kind: IdentifierKind,
  values: readonly string[],
): Promise<Map<string, string>> {
  const tokens = values.flatMap((value) => {
    const normalized = normalizeIdentifier(kind, value);
    return normalized.ok ? [{ value, kind, token: identifierToken(ctx, store, kind, normalized.value) }] : [];
  });
  const byToken = new Map<string, string>();
  for (const found of (await lookUp(ctx.db, store, tokens)).values())
    byToken.set(tokenName(found.kind, found.token), found.customer);
  const roots = new Map(
    (await members(ctx.db, [...byToken.values()])).map((each) => [each.customer, each.root]),
  );
  const ids = new Map<string, string>();
  for (const { value, token } of tokens) {
    const customer = byToken.get(tokenName(IDENTIFIER_KINDS[kind], token));
    if (customer !== undefined) ids.set(value, roots.get(customer) ?? customer);
  }
  return ids;
}
