/** What every route file gets. A route file is one function that adds its routes to a server. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { HttpApp } from './app.ts';
import type { Keys } from './keys.ts';

export interface Edge {
  readonly app: HttpApp;
  readonly keys: Keys;
}

/** A server whose bodies and answers are typed by their schemas. */
export type Server = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export type Routes = (server: Server, edge: Edge) => void;
