/** Collecting: Segment's HTTP tracking API, as unmodified clients speak it. */
import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import {
  BatchBody,
  CollectedAnswer,
  EventBody,
  MOST_BATCH_BYTES,
  MOST_BATCH_EVENTS,
  SettingsAnswer,
} from '../../../contract/collecting.ts';
import { collect } from '../../collect/collect.ts';
import type { Batch, Collected } from '../../collect/types.ts';
import { BaileeError } from '../../platform/errors.ts';
import { sourceOf, writeKey } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { unknownKey } from './keys.ts';

const TYPES = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;

export function collectRoutes(server: Server, edge: Edge): void {
  const store = storing(edge);
  const bodyLimit = MOST_BATCH_BYTES;
  const response = { 200: CollectedAnswer };

  for (const url of ['/batch', '/b'])
    server.post(url, { bodyLimit, schema: { body: BatchBody, response } }, (request) => {
      const { batch: events, sentAt, context } = request.body;
      return store(request, { events, sentAt, context });
    });

  for (const type of TYPES)
    for (const url of [`/${type}`, `/${type[0]}`])
      server.post(url, { bodyLimit, schema: { body: EventBody, response } }, (request) => {
        const { writeKey: _key, ...event } = request.body;
        return store(request, { events: [{ ...event, type }], sentAt: event.sentAt });
      });
}

/** Stores at most `maxBatches` batches at once, so that what is accepted is stored soon. */
function storing({ app: { ctx } }: Edge) {
  let inWork = 0;
  return async (request: FastifyRequest, batch: Batch): Promise<Collected & { readonly success: true }> => {
    if (batch.events.length > MOST_BATCH_EVENTS)
      throw new BaileeError('too_many_events', `A batch has at most ${MOST_BATCH_EVENTS} events.`, {
        limit: MOST_BATCH_EVENTS,
      });
    if (inWork >= ctx.config.maxBatches)
      throw new BaileeError('saturated', 'Too many batches are in work. Try again in a second.');
    inWork += 1;
    ctx.metrics.batchesInWork.set(inWork);
    try {
      return { success: true, ...(await collect(ctx, sourceOf(writeKey(request), request.headers), batch)) };
    } finally {
      inWork -= 1;
      ctx.metrics.batchesInWork.set(inWork);
    }
  };
}

const SettingsPath = Type.Object({ writeKey: Type.String({ maxLength: 200 }) });

/** What the browser client asks for first. Only a browser key may stand in an address. */
export function settingsRoutes(server: Server): void {
  server.get(
    '/projects/:writeKey/settings',
    { schema: { params: SettingsPath, response: { 200: SettingsAnswer } } },
    async (request) => {
      if (writeKey(request).kind !== 'browser') throw unknownKey();
      // Whoever asks is told where they themselves are, so the proxy's word is good enough.
      const https = request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https';
      return settings(request.params.writeKey, request.host, https ? 'https' : 'http');
    },
  );
}

function settings(apiKey: string, host: string, protocol: 'http' | 'https'): Static<typeof SettingsAnswer> {
  return {
    integrations: {
      'Segment.io': {
        apiKey,
        apiHost: `${host}/v1`,
        protocol,
        addBundledMetadata: true,
        unbundledIntegrations: [],
      },
    },
    plan: { track: { __default: { enabled: true, integrations: {} } } },
    metrics: { sampleRate: 0 },
    legacyVideoPluginsEnabled: false,
    remotePlugins: [],
  };
}
