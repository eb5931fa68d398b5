/** Weighs one opening of a batch: what may be shown, what is at fault, what it uses up. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import { decide } from '../law/decide.ts';
import type { Decision, FieldFacts } from '../law/types.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Transaction } from '../platform/ports.ts';
import type { EvidenceTarget, EvidenceToken } from '../vault/identify.ts';
import { roleOf } from './actor.ts';
import {
  type Approval,
  type Conditions,
  conditionsOf,
  needRevealed,
  underGlass,
  usedOf,
} from './conditions.ts';
import type { GateCtx } from './context.ts';
import type { OpenInput } from './decided.ts';
import { type Weighed, weigh } from './evidence.ts';
import { factsByName, factsOf, ORDER_FIELD } from './facts.ts';
import { type Cluster, clusterOf, customerFacts, type Gathered } from './gather.ts';
import { refuse } from './refuse.ts';
import { rulesFor } from './rules-for.ts';

export interface Weighted {
  readonly input: OpenInput;
  readonly token: EvidenceToken | null;
}

export interface Prepared {
  readonly input: OpenInput;
  /** Hash of the rules of the customer's regimes, which the entry names; null: the built-in ones. */
  readonly rules: string | null;
  readonly cluster: Cluster;
  readonly weighed: Weighed;
  readonly decision: Decision;
  /** The person knows the customer: recorded, and not answered. */
  readonly refused: boolean;
  /** Approvals that it used up. */
  readonly used: readonly Approval[];
}

export interface Preparing extends Weighted {
  readonly conditions: Conditions | null;
  /** Ids of approvals that an opening of this batch used up. */
  readonly taken: Set<string>;
}

/** Of the inputs of persons; the others have none. */
export async function conditionsOfAll(
  ctx: GateCtx,
  tx: Transaction,
  { clusters }: Gathered,
  inputs: readonly OpenInput[],
): Promise<ReadonlyMap<OpenInput, Conditions | null>> {
  const found = new Map<OpenInput, Conditions | null>();
  for (const input of inputs) {
    const { actor, customer, purpose, reveal } = input;
    if (actor.type !== 'person') continue;
    const customers = [...(clusters.get(customer)?.members ?? [])];
    const asked = { purpose, customers, ...(reveal === undefined ? {} : { reveal }) };
    found.set(input, await conditionsOf(ctx, tx, actor, asked));
  }
  return found;
}

/** Errors are the caller's alone; somebody known to the caller is prepared too, to be recorded. */
export function prepare(
  ctx: GateCtx,
  gathered: Gathered,
  targets: ReadonlyMap<string, EvidenceTarget>,
  { input, token, conditions, taken }: Preparing,
): Prepared | { readonly error: unknown } {
  try {
    const cluster = clusterOf(gathered, input.customer, input.actor.store);
    needRecordable(gathered, cluster);
    const named = weigh(input.evidence, token, targets, cluster.members);
    const weighed = underGlass(named, input.evidence, conditions);
    const law = rulesFor(ctx, cluster.rows);
    const approvals = (conditions?.approvals ?? []).filter(({ id }) => !taken.has(id));
    const approved = approvals.flatMap(({ fields }) => fields);
    const decision = decide({
      role: roleOf(input.actor),
      purpose: input.purpose,
      evidence: weighed.found,
      customer: customerFacts(cluster, gathered.ring),
      fields: fieldsAsked(ctx, input, cluster, weighed),
      policy: ctx.policy,
      ...law,
      ...(conditions === null ? {} : { caller: { ...conditions.caller, approved } }),
    });
    const made = { input, cluster, weighed, decision, rules: law.rules?.hash ?? null };
    if ((conditions?.caller.relation ?? null) !== null) return { ...made, refused: true, used: [] };
    refuse(decision, conditions?.courses);
    if (input.reveal !== undefined) needRevealed(decision);
    const used = usedOf(decision, approvals);
    for (const { id } of used) taken.add(id);
    return { ...made, refused: false, used };
  } catch (error) {
    return { error };
  }
}

/** Of someone who was erased, and has no orders, nothing can be opened: not even the entry could be kept. */
function needRecordable({ ring }: Gathered, { root }: Cluster): void {
  if (ring.state(root, RETENTION_CLASSES.service) !== 'shredded') return;
  if (ring.state(root, RETENTION_CLASSES.commerce) === 'live') return;
  throw new BaileeError('key_shredded', 'Nothing is kept of this customer.');
}

/** The fields asked for; by default those that are there, and the order that the evidence names. */
function fieldsAsked(ctx: GateCtx, input: OpenInput, cluster: Cluster, weighed: Weighed): FieldFacts[] {
  if (input.fields !== undefined) return [...new Set(input.fields)].map((name) => factsByName(ctx, name));
  const facts: FieldFacts[] = [];
  for (const id of new Set(cluster.fields.map((row) => row.field_id))) {
    const field = ctx.catalog.fieldById.get(id);
    if (field !== undefined) facts.push(factsOf(field));
  }
  facts.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (weighed.order !== null) facts.push(factsByName(ctx, ORDER_FIELD));
  return facts;
}
