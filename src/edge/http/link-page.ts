/** The pages behind links in mails: a question and one button, or a sentence. No script, nothing loaded, no cookie. */
import { createHash } from 'node:crypto';
import { escapeHtml } from './markup.ts';

const STYLE =
  ':root{color-scheme:light dark;font:18px/1.5 system-ui,sans-serif}body{max-width:34rem;margin:15vh auto;padding:0 1.5rem}h1{font-size:1.4rem}button{font:inherit;padding:.7rem 1.4rem;border-radius:.5rem;border:2px solid;background:Canvas;color:CanvasText;cursor:pointer}button:focus-visible{outline:3px solid Highlight;outline-offset:3px}';
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Lets the page post to itself, and nothing else. */
export const LINK_PAGE_CSP = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

export interface LinkPage {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly title: string;
  /** Absent: there is nothing to press. */
  readonly button?: string;
}

/** The button posts what RFC 8058 has a mail program post. */
export function linkPage({ language, direction, title, button }: LinkPage): string {
  const form =
    button === undefined
      ? ''
      : `<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>${escapeHtml(button)}</button></form>`;
  return `<!doctype html><html lang="${escapeHtml(language)}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main><h1>${escapeHtml(title)}</h1>${form}</main></body></html>`;
}
