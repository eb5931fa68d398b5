/**
 * Links in mails: one-click unsubscribe (RFC 8058) and double opt-in. They need no key and no cookie, answer
 * without a redirect, and do nothing on GET: mail programs fetch links before anybody reads them.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { confirm, readConfirmation } from '../../collect/confirm.ts';
import { readLink } from '../../consent/link.ts';
import { stop } from '../../consent/stop.ts';
import { allTexts, pageTexts } from '../../consent/texts.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Edge, Server } from './edge.ts';
import { LINK_PAGE_CSP, type LinkPage, linkPage } from './link-page.ts';

const MOST_FORM_BYTES = 8 * 1024;
/** As a form or as parts of one; mail programs send either. */
const ONE_CLICK = /(^|&)List-Unsubscribe=One-Click(&|$)|name="List-Unsubscribe"\r?\n\r?\nOne-Click\r?\n/;

export function linkRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.register(async (forms: Server) => {
    // These bodies are forms, not JSON.
    forms.removeAllContentTypeParsers();
    forms.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: MOST_FORM_BYTES },
      async (_: unknown, body: unknown) => body,
    );

    forms.get('/v1/unsubscribe/*', async (request, reply) => {
      const link = readLink(ctx, 'stop', tokenIn(request));
      if (link === null) return page(reply, null, 'linkOver');
      return page(reply, link.language, 'stopTitle', 'stopButton');
    });

    forms.post('/v1/unsubscribe/*', async (request, reply) => {
      const link = readLink(ctx, 'stop', tokenIn(request));
      if (link === null) return page(reply, null, 'linkOver');
      needOneClick(request);
      const { store, customer, purpose } = link;
      await stop(ctx, { store, customer, purpose, place: 'unsubscribe' });
      return page(reply, link.language, 'stopDone');
    });

    forms.get('/v1/consent/confirm/*', async (request, reply) => {
      const link = readConfirmation(ctx, tokenIn(request));
      if (link === null) return page(reply, null, 'linkOver');
      return page(reply, link.language, 'confirmTitle', 'confirmButton');
    });

    forms.post('/v1/consent/confirm/*', async (request, reply) => {
      const token = tokenIn(request);
      const link = readConfirmation(ctx, token);
      const done = await confirm(ctx, token);
      return page(reply, link?.language ?? null, done ? 'confirmDone' : 'linkOver');
    });
  });
}

function tokenIn({ params }: FastifyRequest): string {
  return (params as { readonly '*': string })['*'];
}

function needOneClick({ body }: FastifyRequest): void {
  if (typeof body === 'string' && ONE_CLICK.test(body)) return;
  throw new BaileeError('bad_request', 'The body must be List-Unsubscribe=One-Click (RFC 8058).');
}

type PageText = keyof ReturnType<typeof pageTexts>;

/** A link that is over is gone for good, and says so with 410. */
function page(
  reply: FastifyReply,
  language: string | null,
  title: PageText,
  button?: PageText,
): FastifyReply {
  const texts = pageTexts(language ?? 'en');
  const known = language !== null && allTexts().get(language)?.pages !== undefined;
  const written: LinkPage = {
    language: known ? language : 'en',
    direction: known ? allTexts().get(language)!.direction : 'ltr',
    title: texts[title],
    ...(button === undefined ? {} : { button: texts[button] }),
  };
  return reply
    .code(title === 'linkOver' ? 410 : 200)
    .header('content-security-policy', LINK_PAGE_CSP)
    .header('referrer-policy', 'no-referrer')
    .type('text/html; charset=utf-8')
    .send(linkPage(written));
}
