/** What a customer may see of their own, field by field: by the rules for everybody, and by what a pack forbids to hand out. */
import { decide } from '../law/decide.ts';
import { notHandedOut } from '../law/not-handed-out.ts';
import type { EvidenceFound, FieldFacts, FieldState, Reason } from '../law/types.ts';
import type { WholeRows } from '../vault/whole.ts';
import type { AtWork } from './at-work.ts';
import type { GateCtx } from './context.ts';
import { factsByName, factsOf, ORDER_FIELD, PARTY_FIELD } from './facts.ts';
import { customerFacts } from './gather.ts';
import { rulesFor } from './rules-for.ts';
import { CASE, caseAttachment, caseText, eventFacts } from './timeline-facts.ts';

export interface OwnState {
  readonly state: FieldState;
  readonly because: readonly Reason[];
}
/** By name of the facts. */
export type OwnStates = ReadonlyMap<string, OwnState>;

/** What the customer's own view reaches. A reason is no proof of who asked, and so reaches nothing highly sensitive. */
export function ownStates(
  ctx: GateCtx,
  { cluster, gathered }: Pick<AtWork, 'cluster' | 'gathered'>,
  rows: Pick<WholeRows, 'fields' | 'events'>,
  found: EvidenceFound | null,
): OwnStates {
  const fields = [...new Set(rows.fields.map((row) => row.field_id))].flatMap((id) => {
    const field = ctx.catalog.fieldById.get(id);
    return field === undefined ? [] : [factsOf(field)];
  });
  const events = [...new Set(rows.events.map((row) => row.event_id))].map((id) => eventFacts(ctx, id));
  const composed = [factsByName(ctx, ORDER_FIELD), factsByName(ctx, PARTY_FIELD)];
  const facts = [...fields, ...composed, CASE, caseText(ctx), caseAttachment(ctx), ...events];
  const decision = decide({
    role: 'subject',
    purpose: 'legal-duty',
    evidence: found?.kind === 'request' ? found : null,
    customer: customerFacts(cluster, gathered.ring),
    fields: facts,
    policy: ctx.policy,
    ...rulesFor(ctx, cluster.rows),
  });
  const forbidden = forbiddenFor(ctx, cluster.rows);
  return new Map(
    decision.fields.map(({ name, state, because }, nth) => {
      const law = forbidden(facts[nth]!);
      return [name, law === null ? { state, because } : { state: 'withheld', because: [law] }];
    }),
  );
}

/** What a pack forbids to hand out, wherever any of those who belong together lives. */
function forbiddenFor(
  { law, clock }: GateCtx,
  rows: AtWork['cluster']['rows'],
): (facts: FieldFacts) => Reason | null {
  if (law === undefined) return () => null;
  const on = new Date(clock.now()).toISOString().slice(0, 10);
  const laws = rows.map(({ region, country }) => law.book().lawFor({ customer: region, store: country }));
  return (facts) => {
    for (const each of laws) {
      const found = notHandedOut(each, on, facts);
      if (found !== null) return found;
    }
    return null;
  };
}
