/** A mail as it came, read within limits. Whatever is odd makes it unreadable, never an error: a person looks at it then. */
import { createHash } from 'node:crypto';
import type { HeaderLines, ParsedMail } from 'mailparser';
import { normalizeIdentifier } from '../../catalog/identifiers.ts';
import { withoutCards } from '../../collect/cards.ts';
import { withoutSecrets } from '../../collect/read-text.ts';
import { type Sniffed, sniff, textOf } from './sniff.ts';
import { structureOf } from './structure.ts';

export const MOST_BYTES = 10 * 1024 * 1024;
const MOST = { parts: 50, depth: 10 };
const MOST_ATTACHMENTS = 20;
const MOST_HTML = 1024 * 1024;
/** UTF-16 units that are kept; the mail itself stays in the mailbox. */
const LONGEST = { subject: 300, text: 50_000, name: 120 };
const LONGEST_ID = 250;
const MOST_REFERENCES = 100;
/** In longer ones only card numbers are looked for. */
const LONGEST_SCANNED = 256 * 1024;

export interface MailAttachment extends Sniffed {
  readonly name: string;
  readonly content: Buffer;
  /** Hexadecimal, of the content. */
  readonly sha256: string;
}

export interface Mail {
  /** The sender's address, normalized. */
  readonly from: string;
  /** Null when it has none that can be named in an answer. */
  readonly messageId: string | null;
  /** Tells one mail from another of the same sender. */
  readonly digest: string;
  /** Message-IDs that it answers, the nearest first. */
  readonly answers: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly MailAttachment[];
}

/** `automatic`: an auto-reply, a bounce, a mailing list, or our own; nobody waits for an answer. */
export type Read = { readonly mail: Mail } | 'automatic' | 'unreadable';

/** `own`: the address that answers come from, normalized. Never throws. */
export async function readMail(source: Buffer, own: string): Promise<Read> {
  const { parts, depth } = structureOf(source, MOST);
  if (source.length > MOST_BYTES || parts > MOST.parts || depth > MOST.depth) return 'unreadable';
  // Loaded when it is needed first: it takes a third of a second, and most processes never do.
  const { simpleParser } = await import('mailparser');
  try {
    const parsed = await simpleParser(source, {
      skipImageLinks: true,
      skipTextToHtml: true,
      skipTextLinks: true,
      maxHtmlLengthToParse: MOST_HTML,
    });
    if (isAutomatic(parsed.headerLines)) return 'automatic';
    const mail = mailOf(source, parsed);
    if (mail === null) return 'unreadable';
    return mail.from === own ? 'automatic' : { mail };
  } catch {
    // What the parser says may quote the mail.
    return 'unreadable';
  }
}

function mailOf(source: Buffer, parsed: ParsedMail): Mail | null {
  const { headerLines, from, attachments } = parsed;
  const [sender, ...others] = from?.value ?? [];
  const address = normalizeIdentifier('email', sender?.address);
  // Of two senders each reader believes another one.
  if (!address.ok || others.length > 0 || headersOf(headerLines, 'from').length !== 1) return null;
  if (attachments.length > MOST_ATTACHMENTS) return null;
  const text = plain(parsed.text ?? '', LONGEST.text);
  if (text === '' && typeof parsed.html === 'string' && parsed.html.length > 0 && unconverted(parsed))
    return null;
  return {
    from: address.value,
    messageId: idsIn(headersOf(headerLines, 'message-id')[0] ?? '')[0] ?? null,
    digest: createHash('sha256').update(source).digest('hex'),
    answers: [
      ...idsIn(headersOf(headerLines, 'in-reply-to').join(' ')),
      ...idsIn(headersOf(headerLines, 'references').join(' ')).reverse(),
    ].slice(0, MOST_REFERENCES),
    subject: oneLine(parsed.subject ?? '', LONGEST.subject),
    text,
    attachments: attachments.map(({ filename, content }) => attachmentOf(filename, content as Buffer)),
  };
}

/** Set where there is HTML that the parser could not turn into text. */
function unconverted(parsed: ParsedMail): boolean {
  return (parsed as { readonly textConversionError?: unknown }).textConversionError !== undefined;
}

function isAutomatic(lines: HeaderLines): boolean {
  const first = (name: string) => headersOf(lines, name)[0]?.toLowerCase() ?? null;
  const submitted = first('auto-submitted');
  return (
    (submitted !== null && !/^no\b/.test(submitted)) ||
    /^(bulk|list|junk)\b/.test(first('precedence') ?? '') ||
    first('list-id') !== null ||
    first('return-path') === '<>' ||
    /^multipart\/report\b/.test(first('content-type') ?? '')
  );
}

/** Values of a header, unfolded, as often as it stands there. */
function headersOf(lines: HeaderLines, name: string): string[] {
  return lines
    .filter(({ key }) => key === name)
    .map(({ line }) =>
      line
        .slice(line.indexOf(':') + 1)
        .replace(/\s+/g, ' ')
        .trim(),
    );
}

function idsIn(text: string): string[] {
  return [...text.matchAll(/<[\x21-\x3b\x3d\x3f-\x7e]+>/g)].flatMap(([id]) =>
    id.length <= LONGEST_ID ? [id] : [],
  );
}

function plain(text: string, most: number): string {
  const whole = text.toWellFormed().replaceAll('\0', '\ufffd').replace(/\r\n?/g, '\n').trim();
  return whole.length <= most ? whole : `${whole.slice(0, most).toWellFormed()} […]`;
}

/** Signs that turn a line around would make `gpj.exe` look like `exe.jpg`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come in
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

function oneLine(text: string, most: number): string {
  return plain(text.replace(UNSEEN, ' '), most).replace(/\s+/g, ' ').trim();
}

function attachmentOf(filename: string | undefined, came: Buffer): MailAttachment {
  const last = (filename ?? '').replace(/^.*[\\/]/s, '');
  const name = withoutSecrets(withoutCards(oneLine(last, LONGEST.name))) || 'attachment';
  const content = storable(came);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { name, content, sha256, ...sniff(content, name) };
}

/** Byte for byte as it came, but for a text with what is stored nowhere: a full card number, a secret. */
function storable(came: Buffer): Buffer {
  const text = textOf(came);
  if (text === null) return came;
  const cards = withoutCards(text);
  const kept = cards.length > LONGEST_SCANNED ? cards : withoutSecrets(cards);
  return kept === text ? came : Buffer.from(kept);
}
