/** Keys of the store, with which servers and pages call. */
import type { Static } from 'typebox';
import type { Done, KeyList, NewKeyAnswer, NewKeyBody } from '../../../contract/staff.ts';
import { call } from './call.ts';
import { proved } from './proved.ts';

export type Key = Static<typeof KeyList>['keys'][number];
export type NewKey = Static<typeof NewKeyBody>;
type Made = Static<typeof NewKeyAnswer>;

export const listKeys = () => call<Static<typeof KeyList>>('GET', '/api/keys');
export const makeKey = (body: NewKey) => proved(() => call<Made>('POST', '/api/keys', body));
export const rotateKey = (id: string, overlapHours: number) =>
  proved(() => call<Made>('POST', `/api/keys/${id}/rotate`, { overlapHours }));
export const revokeKey = (id: string) =>
  proved(() => call<Static<typeof Done>>('POST', `/api/keys/${id}/revoke`));
