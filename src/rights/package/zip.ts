/** The ZIP: its files in order, then `signature.txt`, which lists the SHA-256 of each and is signed. */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Zip, ZipDeflate } from 'fflate';
import { type NoteSigner, signNote } from '../../ledger/note.ts';

export interface ZipFile {
  readonly path: string;
  readonly content: Buffer;
}

const FIRST_LINE = 'bailee-access-package/v1';
/** ZIP knows no date before 1980; a file tells its date inside. */
const NO_DATE = new Date('1980-01-02T00:00:00Z');

/** A signed note (c2sp.org/signed-note); below its first line it is what `sha256sum -c` reads. */
export function manifest(files: readonly ZipFile[], signer: NoteSigner): string {
  const lines = files.map(
    ({ path, content }) => `${createHash('sha256').update(content).digest('hex')}  ${path}`,
  );
  return signNote(`${FIRST_LINE}\n${lines.join('\n')}\n`, [signer]);
}

/** Yields parts of the file; between two files others have their turn. */
export async function* zipOf(files: readonly ZipFile[], signer: NoteSigner): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = [];
  let fault: Error | null = null;
  const zip = new Zip((error, part) => {
    if (error === null) parts.push(part);
    else fault = error;
  });
  const signed = { path: 'signature.txt', content: Buffer.from(manifest(files, signer)) };
  for (const { path, content } of [...files, signed]) {
    const file = new ZipDeflate(path, { level: 6 });
    file.mtime = NO_DATE;
    zip.add(file);
    file.push(content, true);
    yield* parts.splice(0);
    if (fault !== null) throw fault;
    await setImmediate();
  }
  zip.end();
  yield* parts.splice(0);
}
