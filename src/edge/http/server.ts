/** The server: one Fastify instance that wires routes to rooms and decides nothing itself. */

import type { Socket } from 'node:net';
import helmet from '@fastify/helmet';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  LogController,
} from 'fastify';
import { MOST_BATCH_BYTES } from '../../../contract/collecting.ts';
import type { HttpApp } from './app.ts';
import { acceptBodies } from './bodies.ts';
import type { Edge, Server } from './edge.ts';
import { answerFailures, sendFailure } from './failures.ts';
import { makeKeys } from './keys.ts';
import { observe } from './observe.ts';
import { openapiRoutes } from './openapi.ts';
import { cannedRoutes, caseQueueRoutes, caseRoutes } from './routes-cases.ts';
import { catalogRoutes } from './routes-catalog.ts';
import { centerSignInRoutes } from './routes-center.ts';
import { centerActRoutes, centerRequestRoutes } from './routes-center-acts.ts';
import { centerHeldRoutes } from './routes-center-held.ts';
import { collectRoutes, settingsRoutes } from './routes-collect.ts';
import { alertRoutes, approvalRoutes, breakGlassRoutes } from './routes-conditions.ts';
import { consentRoutes, noticeRoutes, signalsRoutes } from './routes-consent.ts';
import { consentRatesRoutes } from './routes-consent-rates.ts';
import { consoleRoutes } from './routes-console.ts';
import { demoStaffRoutes } from './routes-demo-staff.ts';
import { drpAgentRoutes, drpRoutes } from './routes-drp.ts';
import { healthRoutes } from './routes-health.ts';
import { importRoutes } from './routes-import.ts';
import { importConsentsRoutes } from './routes-import-consents.ts';
import { entryRoutes, ledgerRoutes } from './routes-ledger.ts';
import { linkRoutes } from './routes-links.ts';
import { mailRoutes } from './routes-mail.ts';
import { noticesRoutes } from './routes-notices.ts';
import { openidRoutes } from './routes-openid.ts';
import { customerRoutes, openingRoutes } from './routes-opening.ts';
import { operatorRoutes } from './routes-operator.ts';
import { passkeyRoutes, passkeySignInRoutes } from './routes-passkeys.ts';
import { privacyRoutes } from './routes-privacy.ts';
import { callerRoutes, profileRoutes, tagRoutes } from './routes-profile.ts';
import { acknowledgementRoutes, recipientRoutes } from './routes-recipients.ts';
import { releaseRoutes } from './routes-release.ts';
import { reportRoutes } from './routes-reports.ts';
import { ownRequestRoutes, requestQueueRoutes, requestRoutes } from './routes-requests.ts';
import { retentionRoutes } from './routes-retention.ts';
import { rightsRoutes } from './routes-rights.ts';
import { schemaRoutes } from './routes-schema.ts';
import { sdkRoutes } from './routes-sdk.ts';
import { sessionRoutes, signInRoutes } from './routes-session.ts';
import { shopRoutes } from './routes-shop.ts';
import { shopifyRoutes, shopifyWebhookRoutes } from './routes-shopify.ts';
import { signalRoutes } from './routes-signal.ts';
import { keyRoutes, staffRoutes } from './routes-staff.ts';
import { trainingRoutes } from './routes-training.ts';
import { upkeepRoutes } from './routes-upkeep.ts';
import { welcomeRoutes } from './routes-welcome.ts';
import { centerScope, collectingScope, openingScope } from './scopes.ts';
import { WELCOME_CSP_STYLE_HASH } from './welcome.ts';

/** A body that takes longer than this to arrive is given up. */
const MOST_REQUEST_MS = 60_000;
const YEAR_SECONDS = 31_536_000;
const POLICY_OF_DATA = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

const OPEN = [
  healthRoutes,
  ledgerRoutes,
  welcomeRoutes,
  signalRoutes,
  schemaRoutes,
  linkRoutes,
  sdkRoutes,
  shopRoutes,
  consoleRoutes,
  privacyRoutes,
  shopifyWebhookRoutes,
  drpRoutes,
  acknowledgementRoutes,
];
const COLLECTING = [
  collectRoutes,
  settingsRoutes,
  noticeRoutes,
  consentRoutes,
  signalsRoutes,
  mailRoutes,
  ownRequestRoutes,
];
const CENTER = [centerSignInRoutes, centerHeldRoutes, centerActRoutes, centerRequestRoutes];
const OPENING = [
  openingRoutes,
  customerRoutes,
  rightsRoutes,
  requestQueueRoutes,
  requestRoutes,
  reportRoutes,
  upkeepRoutes,
  retentionRoutes,
  shopifyRoutes,
  drpAgentRoutes,
  recipientRoutes,
  entryRoutes,
  operatorRoutes,
  importRoutes,
  releaseRoutes,
  importConsentsRoutes,
  noticesRoutes,
  consentRatesRoutes,
  catalogRoutes,
  approvalRoutes,
  breakGlassRoutes,
  alertRoutes,
  caseQueueRoutes,
  caseRoutes,
  cannedRoutes,
  trainingRoutes,
  profileRoutes,
  tagRoutes,
  callerRoutes,
  signInRoutes,
  passkeySignInRoutes,
  openidRoutes,
  sessionRoutes,
  passkeyRoutes,
  staffRoutes,
  keyRoutes,
  demoStaffRoutes,
];

/** Builds the server; it listens to nothing yet. `close()` finishes what was accepted. */
export function buildServer(app: HttpApp): FastifyInstance {
  const { ctx } = app;
  // This server speaks plain http: whether people reach it by https, its address outside says.
  const behindTls = ctx.config.publicUrl?.startsWith('https:') === true;
  const server = fastify({
    loggerInstance: ctx.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => ctx.random.id(),
    bodyLimit: MOST_BATCH_BYTES,
    requestTimeout: MOST_REQUEST_MS,
    return503OnClosing: false,
    trustProxy: ctx.config.trustedProxies.length === 0 ? false : [...ctx.config.trustedProxies],
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false } },
    // No hook has run: what every answer carries is set here, too.
    frameworkErrors: (error, request, reply) => {
      strict(reply.header('x-content-type-options', 'nosniff'), behindTls);
      sendFailure(ctx, error, request, reply);
    },
    clientErrorHandler: (_error, socket) => refuseGarbage(ctx.random.id(), socket),
  }) as unknown as Server;
  const edge: Edge = { app, keys: makeKeys(app) };

  server.decorateRequest('principal', null);
  acceptBodies(server);
  observe(server, ctx);
  answerFailures(server, ctx);
  secure(server, behindTls);
  hangUpWhenStopping(server, app);
  openapiRoutes(server, edge);
  server.register(async (open: Server) => {
    for (const add of OPEN) add(open, edge);
  });
  collectingScope(server, edge, COLLECTING);
  centerScope(server, edge, CENTER);
  openingScope(server, edge, OPENING);
  return server as unknown as FastifyInstance;
}

/** Strict headers for all: pages run no script and load nothing; answers are kept by no cache unless a route says so. */
function secure(server: Server, behindTls: boolean): void {
  server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: [`'${WELCOME_CSP_STYLE_HASH}'`],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
  });
  server.addHook('onRequest', async (_request, reply) => strict(reply, behindTls));
}

/** For all answers, also scripts and notices, which go without the rest. */
function strict(reply: FastifyReply, behindTls: boolean): void {
  reply.header('cache-control', 'no-store');
  if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', POLICY_OF_DATA);
  if (behindTls) reply.header('strict-transport-security', `max-age=${YEAR_SECONDS}; includeSubDomains`);
}

/** A connection that stays open after its last answer would hold up the stop. */
function hangUpWhenStopping(server: Server, app: HttpApp): void {
  server.addHook('onSend', async (_request, reply, payload) => {
    if (app.stopping()) reply.header('connection', 'close');
    return payload;
  });
}

/** What is not HTTP gets an answer in the usual shape, and the connection ends. */
function refuseGarbage(requestId: string, socket: Socket): void {
  if (!socket.writable) return;
  const error = { code: 'bad_request', message: 'The request cannot be understood.', requestId };
  const body = JSON.stringify({ error });
  const head = `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
  const strictly = 'X-Content-Type-Options: nosniff\r\nCache-Control: no-store';
  socket.end(`${head}\r\n${strictly}\r\nConnection: close\r\n\r\n${body}`);
}
