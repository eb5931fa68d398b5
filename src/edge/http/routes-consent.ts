/** Notices and choices over HTTP. Whose they are never stands in an address: it is in the body, or in a header. */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import {
  ChoicesBody,
  ChosenAnswer,
  GPC_PURPOSES,
  NoticeAnswer,
  NoticeQuery,
  SignalsAnswer,
  StandingAnswer,
} from '../../../contract/consent.ts';
import type { Who } from '../../collect/choice-request.ts';
import { choose, readStanding, type Standing } from '../../collect/choose.ts';
import { consentMode, gppString, tcString } from '../../consent/iab.ts';
import { currentNotice, type Notice } from '../../consent/notice.ts';
import { readSettings } from '../../consent/settings.ts';
import type { Terms } from '../../consent/terms.ts';
import { readToken } from '../../consent/token.ts';
import type { GateCtx } from '../../gate/context.ts';
import { termsOf } from '../../gate/terms-of.ts';
import { BaileeError } from '../../platform/errors.ts';
import { presentedToken, sourceOf, type WritePrincipal, writeKey } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { packText } from './packing.ts';

const MOST_CHOICES_BYTES = 16 * 1024;
const NOTICE_SECONDS = 300;
const DAY_SECONDS = 86_400;

/** Notices: public, the same bytes for everyone who asks in a language from a region. */
export function noticeRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get(
    '/consent/notice',
    {
      // A page waits for this: it is packed, and headers that say nothing about data stay away.
      helmet: false,
      onSend: packText,
      schema: { querystring: NoticeQuery, response: { 200: NoticeAnswer, 304: Type.Null() } },
    },
    async (request, reply) => {
      const { store } = writeKey(request);
      const { region } = request.query;
      const lang = request.query.lang ?? firstLanguage(request.headers['accept-language']);
      const terms = termsOf(ctx, region ?? countryOf(ctx, request), store.country);
      const notice = await currentNotice(ctx, store.id, lang);
      // Whoever refused asks once more with this header, and keeps the answer: that is how a browser
      // remembers a refusal with nothing stored by a page, and nothing in it that names anyone.
      const refused = request.headers['x-consent'] === 'refused';
      const known = request.headers['if-none-match'];
      const kept = noticeAnswer(notice, terms, false);
      // A browser that only checks what it kept sends no such header: its kept refusal stays one.
      const refuses = refused || known === etagOf(kept);
      const answer = refuses ? kept : noticeAnswer(notice, terms, true);
      const etag = etagOf(answer);
      const seconds = refuses ? terms.askAgainAfterDays * DAY_SECONDS : NOTICE_SECONDS;
      reply.headers({
        etag,
        'cache-control': `private, max-age=${seconds}`,
        'x-content-type-options': 'nosniff',
        // A refusal holds for the pages in every language.
        ...(refuses ? {} : { vary: 'accept-language' }),
      });
      if (known === etag) return reply.code(304).send(null);
      return answer;
    },
  );
}

function etagOf(answer: Static<typeof NoticeAnswer>): string {
  return `"${createHash('sha256').update(JSON.stringify(answer)).digest('base64url').slice(0, 22)}"`;
}

/** The first language of `Accept-Language`; null for none. */
function firstLanguage(header: string | undefined): string | null {
  const [first = ''] = (header ?? '').split(/[,;]/, 1);
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(first.trim()) ? first.trim() : null;
}

/** The country that the proxy in front tells, where the operator named its header. `XX` and `T1` are no countries. */
function countryOf({ config }: GateCtx, { headers }: FastifyRequest): string | null {
  const told = config.countryHeader === null ? undefined : headers[config.countryHeader];
  return typeof told === 'string' && /^[A-Za-z]{2}$/.test(told) && !/^xx$/i.test(told) ? told : null;
}

function noticeAnswer(notice: Notice, terms: Terms, asked: boolean): Static<typeof NoticeAnswer> {
  const { version, language, direction, draft, purposes, text } = notice;
  const closes: readonly string[] = GPC_PURPOSES;
  return {
    version,
    language,
    direction,
    draft,
    region: terms.region,
    regimes: [...terms.regimes],
    model: terms.model,
    form: terms.form,
    separate: [...terms.separate],
    askAgainAfterDays: terms.askAgainAfterDays,
    grantLastsDays: terms.grantLastsDays,
    policyFingerprint: terms.fingerprint,
    gpc: 'honored',
    // Bailee opens nothing that was not granted, also where a law would let it.
    purposes: purposes.map((each) => ({ ...each, default: 'closed', gpc: closes.includes(each.purpose) })),
    text,
    asked,
  };
}

/** Choices: of a device, or of a customer. */
export function consentRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/consent/choices',
    { bodyLimit: MOST_CHOICES_BYTES, schema: { body: ChoicesBody, response: { 200: ChosenAnswer } } },
    async (request) => {
      const { anonymousId, userId, token, writeKey: _key, how, signals, ...said } = request.body;
      const caller = writeKey(request);
      const source = sourceOf(caller, request.headers);
      if (said.guardian !== undefined && caller.kind !== 'server')
        throw new BaileeError('forbidden', 'A parent’s choice comes from the shop’s server.');
      const who = await personOf(ctx, caller, { anonymousId, userId, token });
      const region = said.region ?? countryOf(ctx, request);
      return choose(ctx, {
        ...said,
        ...(region === null ? {} : { region }),
        source,
        who,
        ...(how === undefined ? {} : { place: how }),
        gpc: source.gpc === true || signals?.gpc === true,
      });
    },
  );

  server.get('/consent/choices', { schema: { response: { 200: StandingAnswer } } }, async (request) => {
    const caller = writeKey(request);
    const who = await personIn(ctx, request);
    if (who === null) throw nobody();
    const region = countryOf(ctx, request);
    return readStanding(ctx, { source: sourceOf(caller), who, ...(region === null ? {} : { region }) });
  });
}

/** What stands, for tags that speak the languages of advertising. */
export function signalsRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/consent/signals', { schema: { response: { 200: SignalsAnswer } } }, async (request) => {
    const caller = writeKey(request);
    const source = sourceOf(caller, request.headers);
    const who = await personIn(ctx, request);
    // Nobody is named: then nothing was granted, and the signal is the browser's own.
    const stands: Standing =
      who === null ? { choices: {}, gpc: 'absent' } : await readStanding(ctx, { source, who });
    const gpc = source.gpc === true || stands.gpc === 'honored';
    const { consentMode: mode, tcf, gpp } = await readSettings(ctx.db, caller.store.id);
    const open = stands.choices['partner-sharing'] === 'granted' && !gpc;
    const country = caller.store.country ?? 'AA';
    const about = { at: ctx.clock.now(), language: 'en', country };
    return {
      gpc: gpc ? ('honored' as const) : ('absent' as const),
      sale: open ? ('open' as const) : ('closed' as const),
      ...(mode ? { consentMode: { ...consentMode(stands.choices) } } : {}),
      ...(tcf === null ? {} : { tcf: tcString(tcf, stands.choices, about) }),
      ...(gpp ? { gpp: gppString(stands.choices, gpc) } : {}),
    };
  });
}

/** Whom the headers name. */
function personIn(ctx: GateCtx, request: FastifyRequest): Promise<Who | null> {
  return personOf(ctx, writeKey(request), {
    anonymousId: headerText(request, 'x-anonymous-id'),
    userId: headerText(request, 'x-user-id'),
    token: presentedToken(request.headers),
  });
}

interface Named {
  readonly anonymousId: string | undefined;
  readonly userId: string | undefined;
  readonly token: string | undefined;
}

/**
 * Whose choices: a device's, or a customer's with the server key or with a token of the shop's backend. Null:
 * nobody is named. Throws `forbidden`, `invalid_identifier`.
 */
async function personOf(
  ctx: GateCtx,
  caller: WritePrincipal,
  { anonymousId, userId, token }: Named,
): Promise<Who | null> {
  if (userId !== undefined && caller.kind !== 'server')
    throw new BaileeError('forbidden', 'A browser key speaks for its own device alone.');
  if (userId !== undefined && (anonymousId !== undefined || token !== undefined)) throw nobody();
  if (token !== undefined)
    return { kind: 'userId', value: await readToken(ctx, caller.store.id, token), vouched: true };
  if (userId !== undefined) return { kind: 'userId', value: userId };
  return anonymousId === undefined ? null : { kind: 'anonymousId', value: anonymousId };
}

function nobody(): BaileeError {
  return new BaileeError(
    'invalid_identifier',
    'Name one device (anonymousId) or one customer (userId, or a customer’s token).',
  );
}

/** Headers arrive as Latin-1; where their bytes are UTF-8, that is what was meant. */
function headerText({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  if (typeof value !== 'string' || value === '') return undefined;
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? value : text;
}
