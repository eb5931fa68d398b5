/**
 * What the command line asks of a running server: stores, keys, reports. For the operator of this machine;
 * reports also for an administrator, about the store of the key.
 */
import { PassThrough } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { SecretsAnswer } from '../../../contract/consent.ts';
import { ROLES, type Role } from '../../../contract/names.ts';
import { InviteAnswer, InviteBody } from '../../../contract/staff.ts';
import { storeSecrets } from '../../consent/secrets.ts';
import { isLoopback } from '../../platform/config.ts';
import { BaileeError, isBaileeError } from '../../platform/errors.ts';
import { makeKey } from '../../staff/keys/make.ts';
import { OPERATOR } from '../../staff/people/by.ts';
import { invite } from '../../staff/people/invite.ts';
import { recordStaff } from '../../staff/record.ts';
import { chooseStore, makeFirstKeys, makeStore } from '../cli/store.ts';
import { ordersReport, REPORT_KEYS } from '../jobs/orders-report.ts';
import { demandAdministrator } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { joinLink, rolesGiven } from './routes-staff.ts';

const NewStore = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
    origins: Type.Optional(Type.Array(Type.String({ maxLength: 300 }), { maxItems: 50 })),
  },
  { additionalProperties: false },
);
const MadeStore = Type.Object({
  store: Type.Object({ id: Type.String(), name: Type.String() }),
  writeKeys: Type.Object({ server: Type.String(), browser: Type.String() }),
  apiKeys: Type.Record(Type.String(), Type.String()),
  secrets: SecretsAnswer,
});
const NewKey = Type.Object(
  {
    store: Type.Optional(Type.String({ maxLength: 100 })),
    role: Type.Union(ROLES.map((role) => Type.Literal(role))),
  },
  { additionalProperties: false },
);
const OperatorInvite = Type.Object(
  {
    ...InviteBody.properties,
    store: Type.Optional(Type.String({ maxLength: 100 })),
  },
  { additionalProperties: false },
);
const MadeKey = Type.Object({ store: Type.String(), role: Type.String(), key: Type.String() });
const OrdersReport = Type.Object(
  {
    store: Type.Optional(Type.String({ maxLength: 100 })),
    by: Type.Optional(Type.Array(Type.Union(REPORT_KEYS.map((key) => Type.Literal(key))), { maxItems: 2 })),
  },
  { additionalProperties: false },
);

/** Adds the routes below `/api`. */
export function operatorRoutes(server: Server, { app }: Edge): void {
  const { ctx } = app;

  server.post(
    '/operator/stores',
    { schema: { body: NewStore, response: { 200: MadeStore } } },
    async (request) => {
      demandOperator(request);
      const { name, country, origins } = request.body as Static<typeof NewStore>;
      return ctx.db.transaction(async (tx) => {
        const made = await makeStore(ctx, tx, {
          name,
          ...(country === undefined ? {} : { country }),
          ...(origins === undefined ? {} : { origins }),
          demo: false,
        });
        const { id } = made!;
        const { writeKeys, apiKeys } = await makeFirstKeys(ctx, tx, id);
        return { store: { id, name }, writeKeys, apiKeys: { ...apiKeys }, secrets: storeSecrets(ctx, id, 1) };
      });
    },
  );

  server.post('/operator/keys', { schema: { body: NewKey, response: { 200: MadeKey } } }, async (request) => {
    demandOperator(request);
    const { store: asked, role } = request.body as { store?: string; role: Role };
    const store = await chooseStore(ctx.db, asked);
    return ctx.db.transaction(async (tx) => {
      const { id, text } = await makeKey(ctx, tx, store.id, { kind: 'api', role });
      const details = { key: id, kind: 'api', role };
      await recordStaff(ctx, tx, { store: store.id, person: null, by: OPERATOR, step: 'key-made', details });
      return { store: store.id, role, key: text };
    });
  });

  server.post(
    '/operator/staff',
    { schema: { body: OperatorInvite, response: { 200: InviteAnswer } } },
    async (request) => {
      demandOperator(request);
      const { store: asked, email, name, language = 'en', teams = [] } = request.body;
      const { id: store } = await chooseStore(ctx.db, asked);
      const by = { id: OPERATOR, store };
      const roles = rolesGiven(request.body.roles);
      const made = await invite(ctx, { by, email, name, language, roles, teams });
      const link = joinLink(ctx.config.publicUrl ?? app.url(), made.token);
      return { id: made.id, link, until: made.until.toISOString() };
    },
  );

  server.post('/operator/reports/orders', { schema: { body: OrdersReport } }, async (request, reply) => {
    demandAdministrator(request);
    const { store: asked, by = REPORT_KEYS } = request.body as Static<typeof OrdersReport>;
    const store = await storeFor(request, app.ctx.db, asked);
    return follow(reply, (progress) =>
      ordersReport(ctx, { store, by }, (orders) => progress({ orders })).then((rows) => ({ store, rows })),
    );
  });
}

/** Lets only the operator pass, who is always on this machine. Throws `forbidden`. */
export function demandOperator(request: FastifyRequest): void {
  const here = isLoopback(request.ip.replace(/^::ffff:/, ''));
  if (request.principal?.kind !== 'operator' || !here)
    throw new BaileeError('forbidden', 'This is for the operator, on the machine of the server.');
}

/** The operator names any store; an administrator has one. Throws `forbidden`, `not_found`, `conflict`. */
async function storeFor(
  request: FastifyRequest,
  tx: Parameters<typeof chooseStore>[0],
  asked: string | undefined,
): Promise<string> {
  if (request.principal?.kind === 'api' || request.principal?.kind === 'person') {
    const own = request.principal.store.id;
    if (asked !== undefined && (await chooseStore(tx, asked)).id !== own)
      throw new BaileeError('forbidden', 'This key belongs to another store.');
    return own;
  }
  demandOperator(request);
  return (await chooseStore(tx, asked)).id;
}

/** Answers long work as lines of JSON: `{progress}` while it lasts, then `{result}` or `{error}`. */
export function follow(
  reply: FastifyReply,
  work: (progress: (news: Record<string, unknown>) => void) => Promise<unknown>,
): FastifyReply {
  const lines = new PassThrough();
  const say = (line: object) => lines.writable && lines.write(`${JSON.stringify(line)}\n`);
  work((progress) => say({ progress }))
    .then(
      (result) => say({ result }),
      (error: unknown) => {
        const told = isBaileeError(error) ? error : new BaileeError('internal', 'The work failed.');
        reply.log.error({ err: error }, 'long work failed');
        say({ error: { code: told.code, message: told.message, requestId: reply.request.id } });
      },
    )
    .finally(() => lines.end());
  return reply.type('application/x-ndjson').send(lines);
}
