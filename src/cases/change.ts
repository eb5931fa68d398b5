/** Changing a case: who has it, how it stands, what it is. Each change is kept with the case and in the ledger. */
import type { CaseKind, CasePriority, CaseStatus, CaseTopic } from '../../contract/cases.ts';
import type { Actor, Person } from '../gate/actor.ts';
import type { GateCtx } from '../gate/context.ts';
import { BaileeError } from '../platform/errors.ts';
import { waitsAndDue } from '../vault/case-clock.ts';
import type { CaseChange, CaseMeta } from '../vault/case-rows.ts';
import { addCaseEvents, changeCase } from '../vault/case-work.ts';
import { type AtCase, atCase, recordCase } from './at-case.ts';
import { needHolders } from './holders.ts';
import { type CaseItem, itemOf } from './item.ts';
import { needWorker, workingPerson } from './roles.ts';

export interface ChangeInput {
  readonly actor: Actor;
  readonly id: string;
  /** As the person saw it. */
  readonly version: number;
  readonly status?: CaseStatus;
  readonly priority?: CasePriority;
  readonly topic?: CaseTopic;
  readonly kind?: CaseKind;
  readonly assignee?: string | null;
  readonly team?: string | null;
}

/**
 * Resolves with the case after the change; a change to what already is changes nothing. Taking a new case opens it.
 * Throws `conflict` when somebody changed it meanwhile or it is closed, `invalid_body`, `forbidden`, `not_found`,
 * `training_required`, `person_known`.
 */
export async function changeCaseBy(ctx: GateCtx, input: ChangeInput): Promise<CaseItem> {
  const person = workingPerson(input.actor);
  return atCase(ctx, person, input.id, async (at) => {
    const { row } = at;
    const wanted = wantedOf(row, input);
    needWorker(person, row);
    needWorker(person, wanted);
    if (row.version !== input.version)
      throw new BaileeError('conflict', 'Somebody else changed this case meanwhile. Look at it again.');
    const changes = CHANGEABLE.flatMap((what): CaseChange[] =>
      row[what] === wanted[what] ? [] : [{ what, from: row[what], to: wanted[what] }],
    );
    if (changes.length === 0) return itemOf(row);
    needOpen(row);
    const now = ctx.clock.now();
    const given = (what: 'assignee' | 'team') => (row[what] === wanted[what] ? null : wanted[what]);
    const holders = { assignee: given('assignee'), team: given('team') };
    await needHolders(at.tx, { store: person.store, ...holders, now: new Date(now) });
    return keepChanges(ctx, at, { person, wanted, changes });
  });
}

const CHANGEABLE = ['status', 'priority', 'topic', 'kind', 'assignee', 'team'] as const;
type Wanted = Pick<CaseMeta, (typeof CHANGEABLE)[number]>;

function wantedOf(row: CaseMeta, input: ChangeInput): Wanted {
  const { priority = row.priority, topic = row.topic, kind = row.kind, team = row.team } = input;
  const { assignee = row.assignee } = input;
  const taken = row.status === 'new' && assignee !== null && row.assignee !== assignee;
  const status = input.status ?? (taken ? 'open' : row.status);
  if (status === 'new' && row.status !== 'new')
    throw new BaileeError('invalid_body', 'A case is new only once.', { path: '/status' });
  return { status, priority, topic, kind, assignee, team };
}

function needOpen({ status }: CaseMeta): void {
  if (status === 'closed') throw new BaileeError('conflict', 'This case is closed. Write a new one down.');
}

/** The clock goes on where it runs, and begins anew when a case is opened again. */
async function keepChanges(
  ctx: GateCtx,
  at: AtCase,
  { person, wanted, changes }: { person: Person; wanted: Wanted; changes: readonly CaseChange[] },
): Promise<CaseItem> {
  const { row } = at;
  const now = ctx.clock.now();
  const changed = await changeCase(at.tx, {
    ...row,
    ...wanted,
    ...waitsAndDue({ ...wanted, since: row.waits_since?.getTime() ?? now }),
    updated_at: new Date(now),
  });
  const own = { customer: row.customer_id, case: row.id, by: person.id, at: now };
  const events = changes.map((change) => ({ ...own, id: ctx.random.id(), change }));
  await addCaseEvents(at.tx, events);
  const told = Object.fromEntries(changes.map(({ what, from, to }) => [what, { from, to }]));
  await recordCase(ctx, at, { actor: person, id: row.id, step: 'changed', details: { changes: told } });
  return itemOf(changed);
}
