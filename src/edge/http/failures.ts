/** Every failure leaves in one shape, with a code of the closed union, and tells nothing that the caller sent. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BaileeError, type ErrorCode, isBaileeError } from '../../platform/errors.ts';
import type { Ctx } from '../../platform/ports.ts';
import { tooLarge } from './bodies.ts';

interface SchemaFault {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The error as the caller may know it. Whatever is not ours is `internal`. */
export function asBaileeError(error: unknown, bodyLimit: number): BaileeError {
  if (isBaileeError(error)) return error;
  const { code, statusCode, validation, validationContext } = error as Partial<FastifyError>;
  if (validation !== undefined)
    return schemaError(validation[0] as unknown as SchemaFault, validationContext ?? 'body');
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLarge(bodyLimit);
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return new BaileeError('malformed_json', 'The body is empty.');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new BaileeError('bad_request', 'The request cannot be understood.');
  return new BaileeError('internal', 'Something went wrong here. The log has more under the requestId.');
}

/** Names the place by the schema's own names; what stands there is never repeated. */
function schemaError({ keyword, instancePath, params }: SchemaFault, context: string): BaileeError {
  const where = context === 'body' ? 'body' : 'request';
  const missing = keyword === 'required' ? `/${String(params.missingProperty)}` : '';
  const path = `${instancePath}${missing}`;
  const place = path === '' ? `The ${where}` : `${path.slice(1).replaceAll('/', '.')} in the ${where}`;
  const message =
    missing !== ''
      ? `The ${where} lacks ${path.slice(1).replaceAll('/', '.')}.`
      : keyword === 'additionalProperties'
        ? `${place} has a member that is not known here.`
        : `${place} is not of the shape that this address takes.`;
  return new BaileeError(context === 'body' ? 'invalid_body' : 'bad_request', message, { path, keyword });
}

/** How long to wait at most; the cap of erasures is by the hour. */
const RETRY_AFTER_SECONDS: Partial<Record<ErrorCode, number>> = {
  saturated: 1,
  stopping: 1,
  scan_unavailable: 30,
  erasure_cap: 3600,
};

/** One handler for all routes, and for what matches none. */
export function answerFailures(server: FastifyInstance, ctx: Pick<Ctx, 'log' | 'metrics'>): void {
  server.setErrorHandler((error, request, reply) => sendFailure(ctx, error, request, reply));
  server.setNotFoundHandler((request, reply) =>
    sendFailure(ctx, new BaileeError('not_found', 'There is nothing at this address.'), request, reply),
  );
}

export function sendFailure(
  ctx: Pick<Ctx, 'log' | 'metrics'>,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const failure = brokeOff(request)
    ? new BaileeError('bad_request', 'The request ended early.')
    : asBaileeError(error, request.routeOptions.bodyLimit ?? 0);
  const { code, message, details, status } = failure;
  noteFailure(ctx, failure, error, request);
  const wait = RETRY_AFTER_SECONDS[code] ?? (code === 'too_many_openings' ? details?.seconds : undefined);
  if (typeof wait === 'number') reply.header('retry-after', wait);
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send({
      error: { code, message, requestId: request.id, ...(details === undefined ? {} : { details }) },
    });
}

/** Counts a failure, and logs what is not the caller's. */
export function noteFailure(
  ctx: Pick<Ctx, 'log' | 'metrics'>,
  { code, status }: BaileeError,
  error: unknown,
  request: FastifyRequest,
): void {
  ctx.metrics.refusals.inc({ code });
  if (status >= 500 && code !== 'stopping')
    ctx.log.error({ requestId: request.id, code, err: error }, 'a request failed');
}

/** The caller hung up before the body was whole; nobody reads the answer. */
function brokeOff({ raw }: FastifyRequest): boolean {
  return raw.destroyed && !raw.complete;
}
