/** Who erases in tests that are about something else, and how an erasure is ordered over HTTP: never by one hand alone. */
import type { TestServer } from './server.ts';

/** The command line on the machine of the server. */
export const OPERATOR = { type: 'operator' } as const;

/** Writes a request for erasure down as support, who saw the proof; resolves with the evidence for the privacy officer. */
export async function verifiedRequest(
  one: Pick<TestServer, 'post'>,
  supportKey: string,
  customer: string,
): Promise<{ readonly request: string }> {
  const asked = { customer, kind: 'erasure', channel: 'letter', proof: 'document' };
  const answer = await one.post('/api/requests', supportKey, asked);
  return { request: answer.json().request.id };
}
