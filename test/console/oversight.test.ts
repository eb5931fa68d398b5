import { describe, expect, it } from 'vitest';
import { ROLES } from '../../contract/names.ts';
import { DATASETS } from '../../contract/releases.ts';
import { readIndex } from '../../web/console/ledger/index-search.ts';
import { chosenOf, givenOf, sameRoles } from '../../web/console/people/roles-given.ts';
import { amountOf, shareOf } from '../../web/console/releases/amounts.ts';
import { BUDGET_DATASETS } from '../../web/console/releases/datasets.ts';
import { MAY } from '../../web/console/roles.ts';
import { placesOf } from '../../web/console/shell/places.ts';
import { ACCESS } from '../kit/access-table.ts';

/** What each page calls first, or what its button sends. */
const CALLS = {
  staff: 'GET /api/staff',
  manageStaff: 'POST /api/staff/invite',
  reviewStaff: 'POST /api/staff/review',
  ledger: 'GET /api/ledger/entries/{index}',
  upkeep: 'GET /api/undeclared',
  retention: 'GET /api/retention/calendar',
  budgets: 'GET /api/releases/budgets',
  setBudget: 'POST /api/releases/budgets',
  catalog: 'GET /api/catalog',
  notices: 'GET /api/notices',
  publish: 'POST /api/notices',
} as const;

describe('what each role is offered', () => {
  it.each(Object.entries(CALLS))(
    '%s is there for those whom the server answers, and no others',
    (name, route) => {
      for (const role of ROLES)
        expect(MAY[name as keyof typeof CALLS](role), role).toBe(ACCESS[route]!.includes(`person:${role}`));
    },
  );

  it('leaves pages about people, keys and the ledger out of the rail of support', () => {
    const places = placesOf('support').map(({ to }) => to);
    for (const page of ['/people', '/keys', '/ledger', '/undeclared', '/quarantine', '/data-map', '/notices'])
      expect(places).not.toContain(page);
    expect(placesOf('auditor').map(({ to }) => to)).toContain('/ledger');
  });

  it('has every set of data that a budget can be set for', () => {
    expect(BUDGET_DATASETS).toEqual([...DATASETS]);
  });
});

describe('roles as they are given', () => {
  it('end with the day that was chosen, and without one not at all', () => {
    const given = givenOf({ support: '2026-12-31', analyst: '' });
    expect(given).toEqual([
      { role: 'support', until: new Date('2026-12-31T23:59:59').toISOString() },
      { role: 'analyst', until: null },
    ]);
    const held = given.map(({ role, until }) => ({ role, until, since: '2026-01-01T00:00:00Z' }));
    expect(chosenOf(held)).toEqual({ support: '2026-12-31', analyst: '' });
  });

  it('are the same in any order, and not with another end', () => {
    expect(sameRoles({ support: '', analyst: '' }, { analyst: '', support: '' })).toBe(true);
    expect(sameRoles({ support: '' }, { support: '2026-12-31' })).toBe(false);
    expect(sameRoles({ support: '' }, {})).toBe(false);
  });
});

describe('numbers in addresses and budgets', () => {
  it('take an index of an entry, and nothing else', () => {
    expect([readIndex({ index: 7 }), readIndex({ index: '0' })]).toEqual([{ index: 7 }, { index: 0 }]);
    for (const index of [-1, 1.5, 'x', null, undefined, 1e300]) expect(readIndex({ index })).toEqual({});
  });

  it('draw exact fractions of a budget', () => {
    expect([amountOf('1/4'), amountOf('1e-6'), amountOf('2')]).toEqual([0.25, 1e-6, 2]);
    expect([shareOf('1/8', '1/4'), shareOf('0', '1'), shareOf('2', '1'), shareOf('1', '0')]).toEqual([
      0.5, 0, 1, 0,
    ]);
  });
});
