/** What the page of a customer says besides fields and timeline: since when, where, restricted or not, and what they chose. Nothing of it is sealed. */
import type { Purpose } from '../../contract/names.ts';
import type { Reason } from '../law/types.ts';
import { readVerified } from '../vault/caller-checks.ts';
import type { ChoiceRow } from '../vault/choices.ts';
import { readSince } from '../vault/sql.ts';
import { readGiven } from '../vault/tags.ts';
import type { Caller } from './actor.ts';
import { type AtWork, atWork, weighWork } from './at-work.ts';
import type { GateCtx } from './context.ts';
import type { Evidence } from './evidence.ts';
import { type Cluster, standingChoices } from './gather.ts';
import { oversees } from './watchers.ts';

export interface ChoiceShown {
  readonly purpose: Purpose;
  readonly channel: string | null;
  readonly state: 'granted' | 'refused';
  readonly how: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface TagShown {
  readonly id: string;
  readonly name: string;
  readonly meaning: string;
  readonly by: { readonly type: string; readonly id: string | null; readonly role: string | null };
  readonly evidence: string;
  readonly givenAt: string;
  readonly until: string;
}

export interface About {
  readonly id: string;
  readonly kind: 'visitor' | 'customer' | 'guest';
  readonly since: string;
  readonly region: string | null;
  readonly restricted: boolean;
  readonly erased: boolean;
  /** Why the purpose is not open for this customer; empty when it is. Choices and tags are then not told. */
  readonly because: readonly Reason[];
  readonly choices: readonly ChoiceShown[];
  readonly tags: readonly TagShown[];
  /** Whoever calls passed the questions, for the case at hand; null: not, or not any more. */
  readonly verified: { readonly until: string; readonly case: string | null } | null;
}

export interface AboutInput {
  readonly actor: Caller;
  readonly customer: string;
  readonly purpose: Purpose;
  readonly evidence: Evidence | null;
}

/** For whoever may open this customer for the purpose. Records nothing: the opening beside it does. Throws as `open` does. */
export async function about(ctx: GateCtx, input: AboutInput): Promise<About> {
  return atWork(ctx, input, async (at) => {
    const { decision, weighed } = await weighWork(ctx, at, input);
    const { cluster, tx } = at;
    const since = await readSince(tx, [...cluster.members]);
    const regions = new Set(cluster.rows.flatMap(({ region }) => region ?? []));
    return {
      id: cluster.root,
      kind: kindOf(cluster),
      since: since.toISOString(),
      region: regions.size === 1 ? [...regions][0]! : null,
      restricted: cluster.rows.some((row) => row.restricted),
      erased: cluster.rows.some((row) => row.erased),
      because: decision.allowed ? [] : decision.because,
      choices: decision.allowed ? choicesOf(cluster) : [],
      tags: decision.allowed ? await tagsOf(ctx, at, input) : [],
      verified: decision.allowed ? await verifiedOf(ctx, at, weighed.case) : null,
    };
  });
}

function kindOf({ root, rows }: Cluster): About['kind'] {
  if (rows.some(({ kind }) => kind === 'customer')) return 'customer';
  return rows.find(({ id }) => id === root)!.kind;
}

/** Those that are for this purpose; the privacy officer, who answers for them, is shown all. */
async function tagsOf(
  ctx: GateCtx,
  { tx, cluster }: AtWork,
  { actor, purpose }: AboutInput,
): Promise<TagShown[]> {
  const rows = await readGiven(tx, [...cluster.members], new Date(ctx.clock.now()));
  return rows
    .filter(({ purposes }) => actor.role === 'privacy-officer' || purposes.includes(purpose))
    .map((row) => ({
      id: row.id,
      name: row.name,
      meaning: row.meaning,
      by: { type: row.by_type, id: oversees(actor) ? row.by_id : null, role: row.by_role },
      evidence: row.evidence,
      givenAt: row.given_at.toISOString(),
      until: row.until.toISOString(),
    }));
}

async function verifiedOf(
  ctx: GateCtx,
  { tx, cluster }: AtWork,
  of: string | null,
): Promise<About['verified']> {
  const row = await readVerified(tx, [...cluster.members], of, new Date(ctx.clock.now()));
  return row === null ? null : { until: row.verified_until.toISOString(), case: row.case_id };
}

/** What stands of each purpose and channel, with the newest word that says so. */
function choicesOf(cluster: Cluster): ChoiceShown[] {
  const groups = new Map<string, ChoiceRow[]>();
  for (const row of cluster.choices) {
    const name = JSON.stringify([row.purpose, row.channel]);
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  const shown = [...groups.values()].map((rows) => {
    const newest = rows.toSorted((a, b) => b.received_at.getTime() - a.received_at.getTime());
    const { purpose, channel } = newest[0]!;
    const standing = standingChoices(cluster, channel ?? undefined)[purpose];
    const said = newest.find(({ state }) => state === standing) ?? newest[0]!;
    return {
      purpose,
      channel,
      state: standing ?? said.state,
      how: said.how,
      at: said.received_at.toISOString(),
    };
  });
  return shown.sort((a, b) => (a.purpose + a.channel < b.purpose + b.channel ? -1 : 1));
}
