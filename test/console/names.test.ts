import { describe, expect, it } from 'vitest';
import {
  CASE_CHANNELS,
  CASE_KINDS,
  CASE_PRIORITIES,
  CASE_STATUSES,
  CASE_TOPICS,
} from '../../contract/cases.ts';
import { PURPOSES, ROLES } from '../../contract/names.ts';
import {
  EXTENSIONS,
  PROOFS,
  REFUSALS,
  REQUEST_CHANNELS,
  REQUEST_KINDS,
  REQUEST_STATES,
} from '../../contract/requests.ts';
import { needWorker } from '../../src/cases/roles.ts';
import { evidenceNeeded } from '../../src/law/evidence.ts';
import { ROLE_PURPOSES } from '../../src/law/roles.ts';
import { needDecider, needReader, needTaker } from '../../src/rights/requests/at-request.ts';
import { CHANNELS, KINDS, PRIORITIES, STATUSES, TOPICS } from '../../web/console/cases/lists.ts';
import * as requests from '../../web/console/requests/lists.ts';
import { MAY, PURPOSES_OF, shows, worksOn } from '../../web/console/roles.ts';

describe('what the console knows by heart', () => {
  it('is what the contract says of cases', () => {
    expect([KINDS, CHANNELS, STATUSES, PRIORITIES, TOPICS]).toEqual([
      [...CASE_KINDS],
      [...CASE_CHANNELS],
      [...CASE_STATUSES],
      [...CASE_PRIORITIES],
      [...CASE_TOPICS],
    ]);
  });

  it('is what the contract says of requests', () => {
    expect([
      requests.KINDS,
      requests.CHANNELS,
      requests.PROOFS,
      requests.EXTENSIONS,
      requests.REFUSALS,
    ]).toEqual([REQUEST_KINDS, REQUEST_CHANNELS, PROOFS, EXTENSIONS, REFUSALS].map((names) => [...names]));
    expect([...requests.OPEN_STATES, ...requests.ENDED_STATES].sort()).toEqual([...REQUEST_STATES].sort());
  });

  it.each(ROLES)('shows %s the requests, and the steps, that the server lets this role have', (role) => {
    const actor = { type: 'person', id: 'p', store: 's', session: 'x', role } as const;
    for (const [may, need] of [
      [MAY.requests, needReader],
      [MAY.takeRequests, needTaker],
      [MAY.decideRequests, needDecider],
    ] as const)
      if (may(role)) expect(() => need(actor)).not.toThrow();
      else expect(() => need(actor)).toThrow();
  });

  it.each(ROLES)('offers %s the purposes that this role may act for, and no other', (role) => {
    expect([...PURPOSES_OF[role]].sort()).toEqual([...ROLE_PURPOSES[role]].sort());
  });

  it.each(['order', 'case'] as const)('takes an %s for evidence where the gate does', (kind) => {
    const here = PURPOSES.filter((purpose) => shows(kind, purpose));
    const there = PURPOSES.filter(
      (purpose) => evidenceNeeded('privacy-officer', purpose)?.has(kind) === true,
    );
    expect(here).toEqual(there);
  });

  it.each(ROLES)('lets %s write in the cases that the server lets this role work on', (role) => {
    const actor = { type: 'person', id: 'p', store: 's', session: 'x', role } as const;
    for (const kind of CASE_KINDS)
      for (const topic of CASE_TOPICS) {
        const there = () => needWorker(actor, { kind, topic });
        if (worksOn(role, { kind, topic })) expect(there).not.toThrow();
        else expect(there).toThrow();
      }
  });
});
