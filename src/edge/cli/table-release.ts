/** Writes a released table under another name, lets the verifier read it back from the disk, and renames it. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { Render } from '../../anonymize/table/render.ts';
import { type Expected, makeTableVerifier } from '../../anonymize/verify/table.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Deps } from './command.ts';
import { CommandError, EXIT } from './exit.ts';
import { csvLine, tableRows } from './table-rows.ts';

export interface Release {
  readonly input: string;
  readonly output: string;
  readonly delimiter: string;
  readonly header: readonly string[];
  readonly rows: number;
  readonly render: Render;
  readonly expected: Expected;
}

/** Throws `not_protected` when the verifier refuses. Whatever goes wrong, no file of the name `output` is left by it. */
export async function writeRelease(release: Release, deps: Deps): Promise<void> {
  const partial = `${release.output}.${process.pid}.partial`;
  try {
    await write(release, partial, deps);
    await verify(release, partial, deps);
    await rename(partial, release.output);
  } finally {
    await rm(partial, { force: true });
  }
}

async function write(release: Release, partial: string, deps: Deps): Promise<void> {
  const { input, delimiter, header, rows, render } = release;
  const file = createWriteStream(partial, { mode: 0o600 });
  const done = finished(file).catch(() => {
    throw new CommandError(EXIT.failed, `The file ${release.output} cannot be written.`);
  });
  // Awaited below; a fault before that must not end the process.
  done.catch(() => undefined);
  let row = -1;
  for await (const batch of tableRows(input, delimiter)) {
    let text = '';
    for (const cells of batch) {
      text += csvLine(row < 0 ? header : render(row, cells), delimiter);
      row += 1;
    }
    if (row > rows) break;
    if (text !== '' && !file.write(text)) await Promise.race([done, drained(file)]);
    deps.progress(`${row} rows written`);
  }
  file.end();
  await done;
  if (row !== rows) throw new BaileeError('invalid_table', 'The table changed while it was read.', { rows });
}

function drained(file: ReturnType<typeof createWriteStream>): Promise<void> {
  return new Promise((resolve) => file.once('drain', resolve));
}

async function verify(release: Release, partial: string, deps: Deps): Promise<void> {
  const { input, delimiter, header, expected, rows } = release;
  const verifier = makeTableVerifier(header, expected);
  const originals = oneByOne(input, delimiter);
  await originals.next();
  let row = -1;
  for await (const batch of tableRows(partial, delimiter)) {
    for (const cells of batch) {
      if (row >= 0) {
        const original = originals.ready() ?? (await originals.next());
        verifier.add(cells, original ?? []);
      }
      row += 1;
    }
    deps.progress(`${row} rows verified`);
  }
  const { holds, faults } = verifier.finish();
  if (!holds || row !== rows)
    throw new BaileeError('not_protected', `The verifier refuses the table: ${faults.join(' ')}`);
}

/** Rows one at a time. `ready` answers without waiting while the batch lasts: a million waits would cost a second. */
function oneByOne(
  path: string,
  delimiter: string,
): { ready: () => string[] | undefined; next: () => Promise<string[] | undefined> } {
  const batches = tableRows(path, delimiter);
  let batch: string[][] = [];
  let at = 0;
  const ready = () => {
    const row = batch[at];
    at += 1;
    return row;
  };
  return {
    ready,
    async next() {
      for (;;) {
        const { value, done } = await batches.next();
        if (done === true) return undefined;
        batch = value;
        at = 0;
        if (batch.length > 0) return ready();
      }
    },
  };
}
