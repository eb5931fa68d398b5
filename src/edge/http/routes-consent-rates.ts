/** Consent rates over HTTP: counts for whoever plans with choices, and for the privacy officer. */
import { ConsentRates, ConsentRatesQuery } from '../../../contract/consent-rates.ts';
import type { Role } from '../../../contract/names.ts';
import { consentRates } from '../../consent/rates.ts';
import { caller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';

const READERS: readonly Role[] = ['privacy-officer', 'marketing', 'analyst'];

/** Adds the route below `/api`. The running period is for the privacy officer; the others see days and weeks that are over. */
export function consentRatesRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get(
    '/consent/rates',
    { schema: { querystring: ConsentRatesQuery, response: { 200: ConsentRates } } },
    async (request) => {
      const { store, role } = caller(request, READERS);
      const { by = 'week' } = request.query;
      return consentRates(ctx, { store: store.id, by, running: role === 'privacy-officer' });
    },
  );
}
