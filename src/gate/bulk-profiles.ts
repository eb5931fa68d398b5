/** The bulk door for profiles: fields of a store's customers that a purpose may see, a page at a time, each page recorded before it is opened. */
import { type Purpose, RETENTION_CLASSES } from '../../contract/names.ts';
import { decide } from '../law/decide.ts';
import type { Transaction } from '../platform/ports.ts';
import { makeGrant } from '../vault/grant.ts';
import { type Opener, openField } from '../vault/read.ts';
import { pageOfCustomers } from '../vault/sql.ts';
import { type Actor, roleOf } from './actor.ts';
import { bestRows } from './answer.ts';
import { recordBatch } from './bulk.ts';
import type { GateCtx } from './context.ts';
import { factsOf } from './facts.ts';
import { plainTexts } from './free-text.ts';
import { type Cluster, customerFacts, type Gathered, gather } from './gather.ts';
import { rulesFor } from './rules-for.ts';

export interface BulkProfile {
  readonly customer: string;
  /** Root of the customers that belong together. */
  readonly root: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const PAGE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Revealed fields only; a job masks nothing. Customers without any are left out. */
export async function* bulkProfiles(
  ctx: GateCtx,
  input: { readonly actor: Actor & { type: 'job' }; readonly purpose: Purpose },
): AsyncGenerator<BulkProfile[]> {
  let after = FIRST;
  for (;;) {
    const page = await pageOfCustomers(ctx.db, input.actor.store, after, PAGE);
    const last = page.at(-1);
    if (last === undefined) return;
    after = last;
    const taken = await ctx.db.transaction((tx) => takePage(ctx, tx, input, page));
    yield taken.shown.map(({ customer, cluster, fields }) => ({
      customer,
      root: cluster.root,
      fields: openFields(ctx, input.actor.store, taken.gathered, cluster, fields),
    }));
  }
}

async function takePage(
  ctx: GateCtx,
  tx: Transaction,
  { actor, purpose }: { actor: Actor; purpose: Purpose },
  page: readonly string[],
) {
  const gathered = await gather(ctx, tx, page, null);
  const shown = [...gathered.clusters].flatMap(([customer, cluster]) => {
    const fields = revealed(ctx, actor, purpose, cluster, gathered);
    return customer === cluster.root && fields.length > 0 ? [{ customer, cluster, fields }] : [];
  });
  await recordBatch(
    ctx,
    tx,
    actor,
    purpose,
    'profiles',
    shown.map((each) => each.customer),
  );
  return { gathered, shown };
}

function revealed(
  ctx: GateCtx,
  actor: Actor,
  purpose: Purpose,
  cluster: Cluster,
  gathered: Gathered,
): string[] {
  const facts = [...new Set(cluster.fields.map((row) => row.field_id))].flatMap((id) => {
    const field = ctx.catalog.fieldById.get(id);
    return field === undefined ? [] : [factsOf(field)];
  });
  const { fields } = decide({
    role: roleOf(actor),
    purpose,
    evidence: null,
    customer: customerFacts(cluster, gathered.ring),
    fields: facts,
    policy: ctx.policy,
    ...rulesFor(ctx, cluster.rows),
  });
  return fields.filter((field) => field.state === 'revealed').map((field) => field.name);
}

function openFields(
  ctx: GateCtx,
  store: string,
  gathered: Gathered,
  cluster: Cluster,
  names: readonly string[],
): Record<string, unknown> {
  const fields = names.map((name) => ctx.catalog.fieldByName.get(name)!);
  const grant = makeGrant(
    cluster.members,
    fields.map((field) => field.id),
  );
  const opener: Opener = { ctx, store, ring: gathered.ring, grant };
  const best = bestRows(cluster);
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      plainTexts(openField(opener, best.get(field.id)!, RETENTION_CLASSES[field.retention])),
    ]),
  );
}
