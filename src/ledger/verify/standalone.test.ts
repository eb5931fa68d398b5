/** The script for outsiders (accept/standalone/verify-log.mjs) against a server of the real tables. */
import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testContext } from '../../../test/kit/context.ts';
import { append } from '../append.ts';
import { checkpoint } from '../checkpoint.ts';
import { noteSigner } from '../note.ts';
import { signerOf } from '../signer.ts';
import { tile } from '../tile.ts';

const SCRIPT = fileURLToPath(new URL('../../../accept/standalone/verify-log.mjs', import.meta.url));
const ctx = await testContext();
const { vkey } = signerOf(ctx, 'ledger');
let server: Server;

beforeAll(async () => {
  const leaves = Array.from({ length: 600 }, (_, at) => Buffer.from(`entry ${at}`));
  await ctx.db.transaction((tx) => append(ctx, tx, leaves));
  server = createServer(async (request, response) => {
    const path = request.url!.replace(/^\/ledger\//, '');
    const body = path === 'checkpoint' ? (await checkpoint(ctx, ctx.db)).text : await tile(ctx, path);
    response.writeHead(body === null ? 404 : 200).end(body ?? undefined);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(() => server.close());

async function run(key: string): Promise<{ code: number; line: string }> {
  const { port } = server.address() as AddressInfo;
  const args = [SCRIPT, `http://127.0.0.1:${port}`, key];
  try {
    return { code: 0, line: (await promisify(execFile)(process.execPath, args)).stdout };
  } catch (error) {
    const failed = error as { code: number; stdout: string };
    return { code: failed.code, line: failed.stdout };
  }
}

describe('the script for outsiders', () => {
  it('verifies a running server in one line', async () => {
    const root = (await checkpoint(ctx, ctx.db)).root.toString('base64');
    expect(await run(vkey)).toEqual({ code: 0, line: `ok size=600 root=${root}\n` });
  });

  it('refuses another key', async () => {
    const other = noteSigner(ctx.config.ledgerOrigin, Buffer.alloc(32, 1)).vkey;
    expect(await run(other)).toEqual({ code: 1, line: 'the checkpoint is not signed by this key\n' });
    expect(await run('nonsense')).toEqual({ code: 1, line: expect.stringMatching(/VKEY/) });
  });

  it('finds an entry that the operator rewrote in the table', async () => {
    await ctx.db.query({ text: "UPDATE bailee.ledger_entry SET leaf = 'rewritten' WHERE index = 599" });
    expect(await run(vkey)).toEqual({ code: 1, line: 'the entries do not give the signed root\n' });
    await ctx.db.query({ text: "UPDATE bailee.ledger_entry SET leaf = 'rewritten' WHERE index = 3" });
    const { code, line } = await run(vkey);
    expect([code, line]).toEqual([1, expect.stringMatching(/tile\/1\/000\.p\/2 does not match|signed root/)]);
  });
});
