/** What an attachment is, told by its bytes: what its sender calls it is not believed. */

export interface Sniffed {
  /** Media type; `application/octet-stream` for what is not known, or better not known. */
  readonly type: string;
  /** A program, a script, a page or document that may run one, or a name that a computer would run. */
  readonly unsafe: boolean;
}

const UNKNOWN = 'application/octet-stream';
const OFFICE = 'application/vnd.openxmlformats-officedocument';

const MAGIC: readonly (readonly [type: string, bytes: string, from?: number])[] = [
  ['application/pdf', '%PDF-'],
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/gif', 'GIF87a'],
  ['image/gif', 'GIF89a'],
  ['image/webp', 'WEBP', 8],
];
/** Windows, Linux, Java and macOS, a script with its interpreter, WebAssembly, old Office with room for macros, shortcuts. */
const PROGRAMS = [
  ...['MZ', '\x7fELF', '\xca\xfe\xba\xbe', '\xfe\xed\xfa', '\xcf\xfa\xed\xfe', '\xce\xfa\xed\xfe'],
  ...['#!', '\0asm', '\xd0\xcf\x11\xe0', 'L\0\0\0\x01\x14\x02\0'],
];
const RUNS =
  /\.(exe|com|scr|pif|msi|msp|dll|sys|cpl|jar|js|jse|mjs|vbs?|vbe|ws[cfh]?|hta|bat|cmd|ps[12]|psm1|sh|bash|py|pl|rb|php\d?|lnk|url|reg|inf|iso|img|vhdx?|dmg|app|apk|html?|xhtml|shtml|svgz?|xml|xslt?|mht(ml)?|swf|chm|one|doc|xls|ppt|do[ct]m|xl[st]m|xlam|pp[st]m|rtf|slk|iqy)$/i;
const MARKUP =
  /<(!doctype|\?xml|\?php|html|head|body|svg|script|iframe|object|embed|form|style|link|meta|img|a\s|math)[\s>/]|javascript:/i;
const LOOKED_AT = 64 * 1024;

export function sniff(content: Buffer, name: string): Sniffed {
  const head = content.toString('latin1', 0, LOOKED_AT);
  if (PROGRAMS.some((magic) => head.startsWith(magic))) return { type: UNKNOWN, unsafe: true };
  const unsafe = RUNS.test(name.trim());
  const known = MAGIC.find(([, bytes, from = 0]) => head.startsWith(bytes, from));
  if (known !== undefined) return { type: known[0], unsafe };
  if (head.startsWith('PK\x03\x04')) return sniffZip(content, unsafe);
  const text = textOf(content);
  if (text === null) return { type: UNKNOWN, unsafe };
  return unsafe || MARKUP.test(text) ? { type: UNKNOWN, unsafe: true } : { type: 'text/plain', unsafe };
}

/** Names in an archive stand in it as they are. */
function sniffZip(content: Buffer, named: boolean): Sniffed {
  const unsafe = named || content.includes('vbaProject.bin') || content.includes('META-INF/MANIFEST.MF');
  if (content.includes('[Content_Types].xml')) {
    if (content.includes('word/')) return { type: `${OFFICE}.wordprocessingml.document`, unsafe };
    if (content.includes('xl/')) return { type: `${OFFICE}.spreadsheetml.sheet`, unsafe };
    if (content.includes('ppt/')) return { type: `${OFFICE}.presentationml.presentation`, unsafe };
  }
  const open = /^mimetype(application\/vnd\.oasis\.opendocument\.[a-z]{4,12})/.exec(
    content.toString('latin1', 30, 100),
  );
  return { type: open?.[1] ?? 'application/zip', unsafe };
}

/** The content as a text; null when it is none. */
export function textOf(content: Buffer): string | null {
  if (content[0] === 0xff && content[1] === 0xfe) return content.toString('utf16le');
  if (content.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return null;
  }
}
