/** The demo's part of `GET /`: a customer to try, and what the commands answered, asked of this server itself. */
import type { FastifyInstance } from 'fastify';
import { describeLog, verifyThrough } from '../cli/verify.ts';
import type { WelcomeShow } from '../http/app.ts';
import type { DemoEntry, DemoFile } from './file.ts';

/** Shown first where there is one: names and addresses there have forms of their own. */
const PREFERRED = 'BR';
/** An erased customer, or a ticket that was closed, is passed over. */
const MOST_TRIED = 20;

/** Asks as the commands on the page do, with the demo's support key; each answer is an entry in the ledger. */
export async function showDemo(
  server: FastifyInstance,
  storeName: string,
  demo: DemoFile,
): Promise<WelcomeShow | null> {
  for (const customer of candidates(demo).slice(0, MOST_TRIED)) {
    const ticket = customer.cases[0]!;
    const order = customer.orders.at(-1)!;
    const asked = { purpose: 'customer-service', evidence: { case: ticket } };
    const find = await ask(server, demo, '/api/customers/find', {
      identifier: { kind: 'order', value: order },
      ...asked,
    });
    const found = (find as { customers: { id: string; name: string | null }[] } | null)?.customers?.[0];
    if (found === undefined) continue;
    const open = await ask(server, demo, `/api/customers/${found.id}/open`, asked);
    if (open === null) continue;
    return {
      demo: {
        store: storeName,
        supportKey: demo.apiKeys.support!,
        privacyOfficerKey: demo.apiKeys.privacyOfficer!,
        serverWriteKey: demo.writeKeys.server,
        customer: {
          id: found.id,
          userId: customer.userId,
          email: customer.email,
          name: found.name ?? customer.userId,
        },
        order,
        ticket,
      },
      answers: { find, open, erase: null, verify: await verify(server) },
    };
  }
  return null;
}

function candidates({ customers }: DemoFile): DemoEntry[] {
  const fit = customers.filter((each) => each.cases.length > 0 && each.orders.length > 0);
  return [
    ...fit.filter((each) => each.country === PREFERRED),
    ...fit.filter((each) => each.country !== PREFERRED),
  ];
}

async function ask(server: FastifyInstance, demo: DemoFile, url: string, payload: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${demo.apiKeys.support}` };
  const answer = await server.inject({ method: 'POST', url, headers, payload });
  return answer.statusCode === 200 ? answer.json() : null;
}

async function verify(server: FastifyInstance): Promise<string> {
  const bytes = async (url: string) => {
    const answer = await server.inject({ method: 'GET', url });
    return answer.statusCode === 200 ? answer.rawPayload : null;
  };
  const { report, trusted } = await verifyThrough({ bytes });
  return describeLog(report, trusted).join('\n');
}
