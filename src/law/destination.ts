/** Whether data may go where it would go. */
import { REASONS } from './reasons.ts';
import type { Rules } from './rules.ts';
import type { Destination, Reason } from './types.ts';

/** What stands against the transfer, or null. Without a destination the data stays where it is. */
export function destinationFault(destination: Destination | null | undefined, rules: Rules): Reason | null {
  if (destination === null || destination === undefined) return null;
  const { country, route, separateConsent } = destination;
  if (typeof country !== 'string' || country === '') return REASONS.destinationUnknown;
  const covered =
    rules.routes === null || rules.adequate.has(country) || (route !== null && rules.routes.has(route));
  if (!covered) return REASONS.destinationClosed;
  return rules.transferConsent && separateConsent !== true ? REASONS.destinationConsent : null;
}
