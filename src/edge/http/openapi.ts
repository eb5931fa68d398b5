/** `/openapi.json`: the outside surface, written from the schemas that guard it. */
import type { RouteOptions } from 'fastify';
import { Failure } from '../../../contract/failure.ts';
import type { Edge, Server } from './edge.ts';

type Schema = Readonly<Record<string, unknown>>;

interface RouteSchema {
  readonly body?: Schema;
  readonly params?: Schema;
  readonly querystring?: Schema;
  readonly response?: Readonly<Record<string, Schema>>;
  readonly hide?: boolean;
}

/** HEAD and OPTIONS come with the others. */
const SHOWN: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE'];

/** Adds the document. Call it before the routes that it shall describe. */
export function openapiRoutes(server: Server, { app }: Edge): void {
  const paths: Record<string, Record<string, unknown>> = Object.create(null) as typeof paths;
  server.addHook('onRoute', (route) => {
    for (const method of [route.method].flat())
      if (SHOWN.includes(method)) {
        const path = route.url.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{path}');
        paths[path] = { ...paths[path], [method.toLowerCase()]: operation(route) };
      }
  });
  server.get('/openapi.json', async () => ({
    openapi: '3.1.0',
    info: {
      title: 'Bailee',
      version: app.version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: app.url() }],
    components: {
      securitySchemes: {
        writeKey: { type: 'http', scheme: 'basic', description: 'The write key as user name, no password.' },
        apiKey: { type: 'http', scheme: 'bearer' },
      },
      responses: {
        failure: {
          description: 'An error; every code has a page in docs/errors.',
          content: { 'application/json': { schema: Failure } },
        },
      },
    },
    paths,
  }));
}

function operation(route: RouteOptions) {
  const { body, params, querystring, response } = (route.schema ?? {}) as RouteSchema;
  const answer = response?.['200'];
  // Links in mails are their own proof.
  const link = /^\/v1\/(unsubscribe|consent\/confirm)\//.test(route.url);
  const security =
    route.url.startsWith('/v1/') && !link
      ? [{ writeKey: [] }]
      : route.url.startsWith('/api/')
        ? [{ apiKey: [] }]
        : [];
  return {
    security,
    parameters: [...parameters('path', params), ...parameters('query', querystring), ...rest(route.url)],
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(body) } }),
    responses: {
      200: { description: 'Done.', ...(answer === undefined ? {} : { content: json(answer) }) },
      default: { $ref: '#/components/responses/failure' },
    },
  };
}

function json(schema: Schema) {
  return { 'application/json': { schema } };
}

function parameters(where: 'path' | 'query', schema: Schema | undefined) {
  const properties = (schema?.properties ?? {}) as Readonly<Record<string, Schema>>;
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: where,
    required: where === 'path',
    schema: one,
  }));
}

function rest(url: string) {
  return url.endsWith('*') ? [{ name: 'path', in: 'path', required: true, schema: { type: 'string' } }] : [];
}
