/** Who can sign in at the demo shop, with the code that opens now: on this machine alone, and never for a real store. */

import type { FastifyRequest } from 'fastify';
import { DemoStaffAnswer } from '../../../contract/staff.ts';
import { type Config, isLoopback } from '../../platform/config.ts';
import { BaileeError } from '../../platform/errors.ts';
import { readPerson } from '../../staff/people/sql.ts';
import { codeAt } from '../demo/staff.ts';
import type { Edge, Server } from './edge.ts';
import { needOwnPage } from './signed-in.ts';

const STEP_MS = 30_000;

/** From this machine, and through no proxy: whoever comes by one comes from elsewhere. */
function isHere({ headers, ip }: FastifyRequest, { host, publicUrl }: Config): boolean {
  const forwarded = ['forwarded', 'x-forwarded-for', 'via', 'x-real-ip'].some(
    (name) => headers[name] !== undefined,
  );
  return isLoopback(host) && isLoopback(ip.replace(/^::ffff:/, '')) && publicUrl === null && !forwarded;
}

export function demoStaffRoutes(server: Server, { app }: Edge): void {
  const { ctx } = app;
  server.get('/demo/staff', { schema: { response: { 200: DemoStaffAnswer } } }, async (request) => {
    needOwnPage(request);
    const staff = isHere(request, ctx.config) ? app.demoStaff() : null;
    if (staff === null) throw new BaileeError('not_found', 'This installation has no demo shop.');
    const people = staff.map(async ({ id, name, email, password, role, totpSecret }) => {
      const person = await readPerson(ctx.db, id);
      // A code works once: whoever signs in twice in half a minute gets the next one.
      const used = Number(person?.totp_step ?? 0);
      const step = Math.max(Math.floor(ctx.clock.now() / STEP_MS), used + 1);
      return { name, email, password, role, code: codeAt(totpSecret, step * STEP_MS) };
    });
    return { people: await Promise.all(people) };
  });
}
