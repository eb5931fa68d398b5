/** Lists of cases, a page at a time: numbers, states and ids, and no word of a customer. */
import {
  CASE_STATUSES,
  type CaseKind,
  type CasePriority,
  type CaseStatus,
  type CaseTopic,
} from '../../contract/cases.ts';
import type { Actor } from '../gate/actor.ts';
import type { GateCtx } from '../gate/context.ts';
import { BaileeError } from '../platform/errors.ts';
import {
  type CaseFilter,
  type CaseSort,
  countCases,
  pageOfCases,
  placeOf,
  together,
} from '../vault/case-queue.ts';
import { type CaseItem, itemOf } from './item.ts';
import { needReader } from './roles.ts';

export interface ListCases {
  readonly actor: Actor;
  /** With commas between; absent: those that are neither solved nor closed. */
  readonly status?: string;
  readonly kind?: CaseKind;
  readonly priority?: CasePriority;
  readonly topic?: CaseTopic;
  /** `me`, `none` or an id. */
  readonly assignee?: string;
  readonly team?: string;
  readonly customer?: string;
  readonly sort?: CaseSort;
  readonly after?: string;
  readonly limit?: number;
}

export interface CasesPage {
  readonly cases: readonly CaseItem[];
  readonly after: string | null;
  readonly total: number;
}

const MOST_COUNTED = 100_000;
const PAGE = 50;
const MOST = 500;
const IN_WORK: readonly CaseStatus[] = ['new', 'open', 'waiting'];

/** The soonest due first unless told otherwise. Throws `forbidden`, `bad_request`. */
export async function listCases(ctx: GateCtx, input: ListCases): Promise<CasesPage> {
  needReader(input.actor);
  const filter = await filterOf(ctx, input);
  const { sort = 'due', limit = PAGE } = input;
  if (limit < 1 || limit > MOST) throw new BaileeError('bad_request', `limit is a number from 1 to ${MOST}.`);
  const after = input.after === undefined ? null : readCursor(input.after, sort);
  const rows = await pageOfCases(ctx.db, filter, { sort, after, limit: limit + 1 });
  // Counting takes longer than a page, so the pages after the first say what was counted then.
  const total = after?.total ?? (await countCases(ctx.db, filter, MOST_COUNTED));
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    cases: page.map(itemOf),
    after: last === undefined ? null : cursorOf({ sort, at: placeOf(last, sort), id: last.id, total }),
    total,
  };
}

async function filterOf(ctx: GateCtx, input: ListCases): Promise<CaseFilter> {
  const { actor, kind, priority, topic, assignee, team, customer } = input;
  return {
    store: actor.store,
    statuses: input.status === undefined ? IN_WORK : statusesOf(input.status),
    ...(kind === undefined ? {} : { kind }),
    ...(priority === undefined ? {} : { priority }),
    ...(topic === undefined ? {} : { topic }),
    ...(assignee === undefined ? {} : { assignee: assigneeOf(actor, assignee) }),
    ...(team === undefined ? {} : { team: idOf(team, 'team') }),
    ...(customer === undefined ? {} : { customers: await together(ctx.db, idOf(customer, 'customer')) }),
  };
}

function statusesOf(text: string): CaseStatus[] {
  const names = [...new Set(text.split(','))];
  return names.map((name) => {
    const status = CASE_STATUSES.find((each) => each === name);
    if (status === undefined)
      throw new BaileeError('bad_request', `status is one or more of ${CASE_STATUSES.join(', ')}.`);
    return status;
  });
}

function assigneeOf(actor: Actor, name: string): string | null {
  if (name === 'none') return null;
  if (name !== 'me') return idOf(name, 'assignee');
  if (actor.type !== 'person') throw new BaileeError('bad_request', 'A key has no cases of its own.');
  return actor.id;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function idOf(text: string, name: string): string {
  const id = text.toLowerCase();
  if (!UUID.test(id)) throw new BaileeError('bad_request', `${name} is not an id.`);
  return id;
}

interface Cursor {
  readonly sort: CaseSort;
  readonly at: string;
  readonly id: string;
  readonly total: number;
}

function cursorOf({ sort, at, id, total }: Cursor): string {
  return Buffer.from([sort, at, id, total].join(' ')).toString('base64url');
}

const PLACE = /^(infinity|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/;

function readCursor(text: string, sort: CaseSort): Cursor {
  const [order, at = '', id = '', total = ''] = Buffer.from(text, 'base64url').toString().split(' ');
  const place = at === 'infinity' || Number.isFinite(Date.parse(at));
  if (order !== sort || !PLACE.test(at) || !place || !UUID.test(id) || !/^\d{1,6}$/.test(total))
    throw new BaileeError('bad_request', 'after must come from the page before, with the same sort.');
  return { sort, at, id, total: Number(total) };
}
