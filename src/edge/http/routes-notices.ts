/** For the privacy officer and the administrator: publish a notice, turn signals on, make new secrets. */
import type { FastifyRequest } from 'fastify';
import {
  ConsentSettingsAnswer,
  ConsentSettingsBody,
  PublishBody,
  PublishedAnswer,
  SecretsAnswer,
  SecretsBody,
} from '../../../contract/consent.ts';
import type { Purpose, Role } from '../../../contract/names.ts';
import { NoticePath, NoticeVersions, NoticeWords } from '../../../contract/notices.ts';
import { tcString } from '../../consent/iab.ts';
import { listNotices, noticeWords } from '../../consent/list-notices.ts';
import { type OwnTexts, publishNotice } from '../../consent/notice.ts';
import { storeSecrets } from '../../consent/secrets.ts';
import { changeSettings, type PublicJwk, readSettings, type TcfSetting } from '../../consent/settings.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Tx } from '../../platform/ports.ts';
import { chooseStore } from '../cli/store.ts';
import { caller, provenCaller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { wholeNumber } from './reading.ts';
import { demandOperator } from './routes-operator.ts';

const MOST_NOTICE_BYTES = 256 * 1024;
/** The list of vendors alone is about a megabyte. */
const MOST_SETTINGS_BYTES = 480 * 1024;

/** Publishing changes what everybody is asked; what was said before may be checked, too. */
const READERS: readonly Role[] = ['privacy-officer', 'administrator', 'auditor'];
const MOST_VERSION = 2_147_483_647;

/** Adds the routes below `/api`. */
export function noticesRoutes(server: Server, edge: Edge): void {
  const { ctx } = edge.app;
  versionRoutes(server, edge);

  server.route({
    method: ['PUT', 'POST'],
    url: '/notices',
    bodyLimit: MOST_NOTICE_BYTES,
    schema: { body: PublishBody, response: { 200: PublishedAnswer } },
    handler: async (request) => {
      const { store: asked, purposes, texts, ...said } = request.body;
      const { store, by } = await publisher(request, ctx.db, asked);
      return publishNotice(ctx, {
        ...said,
        store,
        by,
        ...(purposes === undefined ? {} : { purposes: purposes as Purpose[] }),
        ...(texts === undefined ? {} : { texts: texts as Record<string, OwnTexts> }),
      });
    },
  });

  server.route({
    method: ['PUT', 'POST'],
    url: '/consent/settings',
    bodyLimit: MOST_SETTINGS_BYTES,
    schema: { body: ConsentSettingsBody, response: { 200: ConsentSettingsAnswer } },
    handler: async (request) => {
      const { store: asked, tokenKeys, tcf, ...change } = request.body;
      const { store } = await publisher(request, ctx.db, asked);
      if (tcf !== undefined && tcf !== null) needVendors(tcf, ctx.clock.now());
      const next = await ctx.db.transaction((tx) =>
        changeSettings(tx, store, {
          ...change,
          ...(tokenKeys === undefined ? {} : { tokenKeys: tokenKeys as unknown as PublicJwk[] }),
          ...(tcf === undefined ? {} : { tcf: tcf as TcfSetting | null }),
        }),
      );
      const { doubleOptIn, consentMode, gpp } = next;
      return { tokenKeys: next.tokenKeys.length, doubleOptIn, consentMode, gpp, tcf: next.tcf !== null };
    },
  });

  server.post(
    '/consent/secrets',
    { schema: { body: SecretsBody, response: { 200: SecretsAnswer } } },
    async (request) => {
      const { store } = await publisher(request, ctx.db, request.body.store);
      const secretsNumber = await ctx.db.transaction(async (tx) => {
        const { secretsNumber: before } = await readSettings(tx, store);
        return (await changeSettings(tx, store, { secretsNumber: before + 1 })).secretsNumber;
      });
      return storeSecrets(ctx, store, secretsNumber);
    },
  );
}

function versionRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/notices', { schema: { response: { 200: NoticeVersions } } }, async (request) => ({
    versions: await listNotices(ctx, caller(request, READERS).store.id),
  }));

  server.get(
    '/notices/:version/:language',
    { schema: { params: NoticePath, response: { 200: NoticeWords } } },
    async (request) => {
      const { store } = caller(request, READERS);
      const version = wholeNumber(request.params.version, 'The version', 1, MOST_VERSION);
      return noticeWords(ctx, store.id, version, request.params.language);
    },
  );
}

/** A list that cannot be encoded is refused when it is set, not when a page asks. Throws `invalid_body`. */
function needVendors(tcf: TcfSetting, at: number): void {
  try {
    tcString(tcf, {}, { at, language: 'en', country: 'AA' });
  } catch {
    throw new BaileeError('invalid_body', 'tcf.vendorList is not a Global Vendor List as IAB publishes it.');
  }
}

/** Who publishes, and for which store. Throws `forbidden`, `step_up_required`, `not_found`, `conflict`. */
async function publisher(
  request: FastifyRequest,
  tx: Tx,
  asked: string | undefined,
): Promise<{ store: string; by: string }> {
  if (request.principal?.kind === 'operator') {
    demandOperator(request);
    return { store: (await chooseStore(tx, asked)).id, by: 'operator' };
  }
  const { id, store } = provenCaller(request, ['privacy-officer', 'administrator']);
  if (asked !== undefined && (await chooseStore(tx, asked)).id !== store.id)
    throw new BaileeError('forbidden', 'This key belongs to another store.');
  return { store: store.id, by: id };
}
