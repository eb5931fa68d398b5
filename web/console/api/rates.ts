/** Consent rates over time. */
import type { Static } from 'typebox';
import type { ConsentRates, RatesBy } from '../../../contract/consent-rates.ts';
import { call, withQuery } from './call.ts';

export type Rates = Static<typeof ConsentRates>;

export const readRates = (by: RatesBy) => call<Rates>('GET', withQuery('/api/consent/rates', { by }));
