/** A receipt from a running server verifies offline, and does not after any one-byte change. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Faults, inFolder } from '../01/faults.ts';
import { ask, makeShop, serve } from '../01/shop.ts';
import type { AcceptLine } from '../line.ts';
import { runCommand } from '../server.ts';

/** Of every byte; a quick run takes each third. */
const QUICK_STEP = 3;
const AT_ONCE = 500;

interface Report {
  readonly file: string;
  readonly ok: boolean;
}

export const line: AcceptLine = {
  issue: 2,
  number: 8,
  title: 'A receipt verifies offline with --vkey, and fails after any one-byte change',
  run: ({ quick, log }) =>
    inFolder(async (folder) => {
      const faults = new Faults(log);
      const where = { dataFolder: folder };
      const shop = await makeShop(where);
      const server = await serve(where);
      const published = (await ask(`${server.url}/ledger/keys`, null)).body as { keys: { vkey: string }[] };
      const notice = await ask(`${server.url}/v1/consent/notice?writeKey=${shop.writeKeys.browser}`, null);
      const { version, language } = notice.body as { version: number; language: string };
      const choose = async (body: object) => {
        const about = { ...body, notice: { version, language }, how: 'banner' };
        const answer = await ask(`${server.url}/v1/consent/choices`, shop.writeKeys.browser, about);
        faults.equal(answer.status, 200, 'a choice is taken');
        return (answer.body as { receipt: Record<string, unknown> }).receipt;
      };
      const receipts = [
        await choose({ anonymousId: 'receipt-device', choices: { analytics: true, advertising: false } }),
        await choose({ anonymousId: 'receipt-device', choices: { analytics: false } }),
        await choose({ choices: { analytics: false, advertising: false } }),
      ];
      const schema = (await ask(`${server.url}/schemas/consent-receipt.json`, null)).body as {
        required: string[];
      };
      await server.stop();
      log('the server is gone; from here on offline');
      const vkeys = published.keys.flatMap(({ vkey }) => ['--vkey', vkey]);
      const verify = (files: readonly string[]) =>
        runCommand(['verify', 'receipt', ...files, ...vkeys, '--json'], where);
      let changed = 0;
      for (const [nth, receipt] of receipts.entries()) {
        faults.check(
          schema.required.every((name) => name in receipt),
          'the receipt has what the schema asks for',
        );
        const bytes = Buffer.from(JSON.stringify(receipt));
        const file = join(folder, `receipt-${nth}.json`);
        writeFileSync(file, bytes);
        faults.equal((await verify([file])).code, 0, 'the receipt holds');
        const step = quick ? QUICK_STEP : 1;
        const files = Array.from({ length: Math.ceil(bytes.length / step) }, (_, n) =>
          write(folder, bytes, n * step, nth),
        );
        for (let from = 0; from < files.length; from += AT_ONCE) {
          const those = files.slice(from, from + AT_ONCE);
          const { stdout } = await verify(those);
          const reports = JSON.parse(stdout) as Report[];
          faults.equal(reports.length, those.length, 'every changed receipt was looked at');
          for (const { file: path, ok } of reports)
            faults.check(!ok, `a changed receipt holds: ${path.split('-').at(-1)}`);
          changed += reports.length;
        }
        log(`${changed} changed receipts looked at`);
      }
      return faults.verdict(
        `${receipts.length} receipts (given, withdrawn, refused without an identifier) hold offline; ${changed} one-byte changes, 0 hold`,
      );
    }),
};

/** The receipt with the byte at `at` changed in one way: its lowest bit, or the bit of upper and lower case, in turn. */
function write(folder: string, bytes: Buffer, at: number, nth: number): string {
  const changed = Buffer.from(bytes);
  changed[at] = bytes[at]! ^ (at % 2 === 0 ? 0x01 : 0x20);
  const file = join(folder, `changed-${nth}-${at}.json`);
  writeFileSync(file, changed);
  return file;
}
