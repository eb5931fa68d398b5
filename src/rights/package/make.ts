/** The access package: the answer to a customer who asks what is held, to read, to check, and to take elsewhere. */
import { AccessPackage } from '../../../contract/access-package.ts';
import type { Actor } from '../../gate/actor.ts';
import type { GateCtx } from '../../gate/context.ts';
import type { Evidence } from '../../gate/evidence.ts';
import { readWhole } from '../../gate/read-whole.ts';
import { signerOf } from '../../ledger/signer.ts';
import { recipientsOf } from '../../vault/recipients.ts';
import { pdfOf } from '../paper/pdf.ts';
import { tablesOf } from './csv.ts';
import { documentOf } from './document.ts';
import { htmlOf } from './html.ts';
import { pageOf } from './page.ts';
import { speech } from './words.ts';
import { type ZipFile, zipOf } from './zip.ts';

export interface PackageInput {
  readonly actor: Actor;
  readonly customer: string;
  /** `{request}`, or the privacy officer's `{reason}`. */
  readonly evidence: Evidence | null;
  /** BCP 47; English where it is not there. */
  readonly language: string;
}

/** For whoever checks `data.json`: the schema lies beside it. */
export const PACKAGE_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Access package: all that is held of a customer',
  ...AccessPackage,
};

/**
 * Resolves with the ZIP (`application/zip`): `index.html`, `data.pdf`, `data.json` by `schema.json`, tables in `csv/`, what
 * the customer once sent in `files/`, and `signature.txt`, signed by the key of the receipts. One entry in the ledger,
 * before anything is opened. Throws what `readWhole` throws.
 */
export async function makePackage(ctx: GateCtx, { language, ...asked }: PackageInput): Promise<Buffer> {
  const whole = await readWhole(ctx, asked);
  const recipients = await recipientsOf(ctx.db, asked.actor.store, true);
  const at = ctx.clock.now();
  const signer = signerOf(ctx, 'receipt');
  const spoken = speech(language);
  const { document, files } = documentOf(whole, spoken, at, recipients);
  const page = pageOf(document, spoken, signer.vkey);
  const all: ZipFile[] = [
    text('index.html', htmlOf(page)),
    { path: 'data.pdf', content: await pdfOf(page, at, spoken.words.truncated) },
    text('data.json', `${JSON.stringify(document, null, 2)}\n`),
    text('schema.json', `${JSON.stringify(PACKAGE_SCHEMA, null, 2)}\n`),
    ...Object.entries(tablesOf(document)).map(([path, table]) => text(path, table)),
    ...files,
  ];
  const parts: Uint8Array[] = [];
  for await (const part of zipOf(all, signer)) parts.push(part);
  return Buffer.concat(parts);
}

function text(path: string, content: string): ZipFile {
  return { path, content: Buffer.from(content) };
}
