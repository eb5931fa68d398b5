/**
 * The record of processing (GDPR Art. 30(1)) with what PIPL Art. 55 and 56 ask to assess: made from the catalog, the
 * purposes, the packs, the schedule and the roles that are in force, so that it says what is done and nothing else.
 */
import { PURPOSES, type Purpose, ROLES } from '../../../contract/names.ts';
import type { Assessed } from '../../../contract/reports.ts';
import type { EventDefinition, Field } from '../../catalog/types.ts';
import type { GateCtx } from '../../gate/context.ts';
import { PURPOSE_BASIS } from '../../law/purposes.ts';
import { ROLE_PURPOSES } from '../../law/roles.ts';
import { recipientsOf } from '../../vault/recipients.ts';
import { readKinds } from '../../vault/retain-read.ts';
import type { Store } from '../schedule/plan.ts';
import { showSchedule } from '../schedule/show.ts';
import { headOf } from './head.ts';

/** What Bailee does whatever the store sets (GDPR Art. 32; PIPL Art. 51). */
const MEASURES = [
  'sealed-per-customer',
  'one-gate',
  'ledger',
  'two-factors',
  'second-person',
  'training',
  'key-destruction',
  'backups-sealed',
] as const;
const HANDED_ON: readonly Purpose[] = ['advertising', 'partner-sharing'];
const AUTOMATED: readonly Purpose[] = ['personalization', 'fraud-prevention'];

/** Everything as it is in force now. Recipients by name; `transfers` null: whether any is abroad is not known here. */
export async function processingReport(ctx: GateCtx, store: Store) {
  const { fields, events, hash } = ctx.catalog;
  const { regions } = await showSchedule(ctx, store);
  const recipients = (await recipientsOf(ctx.db, store.id)).map(({ name }) => name).sort();
  return {
    ...(await headOf(ctx, store.id)),
    country: store.country,
    people: await readKinds(ctx.db, store.id),
    activities: PURPOSES.flatMap((purpose) => activityOf(purpose, fields, events)),
    recipients,
    // Where a recipient is, only the shop knows.
    transfers: recipients.length === 0 ? [] : null,
    retention: timesOf(regions),
    measures: [...MEASURES],
    assessments: assessmentsOf(fields, events, recipients),
    catalog: hash,
    regimes: [...new Set(regions.flatMap((region) => region.regimes))].sort(),
  };
}
export type ProcessingReported = Awaited<ReturnType<typeof processingReport>>;

type Declared = Pick<Field | EventDefinition, 'name' | 'class' | 'purposes' | 'retention' | 'sensitivity'>;

const isSensitive = ({ sensitivity }: Declared) => sensitivity !== 'ordinary';
const namesOf = (all: readonly Declared[]) => all.map(({ name }) => name).sort();

function activityOf(purpose: Purpose, fields: readonly Field[], events: readonly EventDefinition[]) {
  const serves = ({ purposes }: Declared) => purposes.includes(purpose);
  const [own, happened] = [fields.filter(serves), events.filter(serves)];
  const all: Declared[] = [...own, ...happened];
  if (all.length === 0) return [];
  const { basis, reason, purposeIri } = PURPOSE_BASIS.get(purpose)!;
  const unique = (of: (each: Declared) => string) => [...new Set(all.map(of))].sort();
  return [
    {
      ...{ purpose, iri: purposeIri, basis, source: reason.source },
      ...{ fields: namesOf(own), events: namesOf(happened), sensitive: namesOf(all.filter(isSensitive)) },
      classes: unique((each) => each.class),
      retention: unique((each) => each.retention),
      roles: ROLES.filter((role) => ROLE_PURPOSES[role].includes(purpose)),
    },
  ];
}

type Regions = Awaited<ReturnType<typeof showSchedule>>['regions'];

/** For each kind of record the times that are set, and where. */
function timesOf(regions: Regions) {
  const kinds = new Map<string, { set: Set<string>; regions: Set<string> }>();
  for (const { region, lines } of regions)
    for (const { kind, set } of lines) {
      const known = kinds.get(kind) ?? { set: new Set(), regions: new Set() };
      known.set.add(set ?? 'own-date');
      known.regions.add(region ?? 'unknown');
      kinds.set(kind, known);
    }
  return [...kinds].map(([kind, { set, regions: where }]) => ({
    kind,
    set: [...set],
    regions: [...where].sort(),
  }));
}

function assessmentsOf(
  fields: readonly Field[],
  events: readonly EventDefinition[],
  recipients: readonly string[],
) {
  const all: readonly Declared[] = [...fields, ...events];
  const serving = (purposes: readonly Purpose[]) =>
    namesOf(all.filter((each) => each.purposes.some((purpose) => purposes.includes(purpose))));
  const one = (when: Assessed, what: readonly string[], applies: boolean, measures: readonly string[]) => ({
    ...{ when, applies, what: applies ? what : [], measures: applies ? measures : [] },
  });
  const sensitive = namesOf(all.filter(isSensitive));
  const automated = serving(AUTOMATED);
  return [
    one('sensitive', sensitive, sensitive.length > 0, ['sealed-per-customer', 'one-gate', 'second-person']),
    one('automated', automated, automated.length > 0, ['one-gate', 'human-review', 'ledger']),
    // Due before it begins, so declared for it is enough.
    one('handing-on', serving(HANDED_ON), serving(HANDED_ON).length > 0, [
      'choice-first',
      'one-gate',
      'ledger',
    ]),
    // Whoever is told may be anywhere.
    one('abroad', recipients, recipients.length > 0, ['choice-first', 'ledger']),
  ];
}
