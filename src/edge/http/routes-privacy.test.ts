import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestContext } from '../../../test/kit/context.ts';
import { type TestServer, testServer } from '../../../test/kit/server.ts';
import { gateContext } from '../../../test/kit/store.ts';
import type { GateCtx } from '../../gate/context.ts';

let ctx: TestContext & GateCtx;
let one: TestServer;
beforeAll(async () => {
  ctx = await gateContext();
  one = await testServer(ctx);
});

const withStyle = (centerStyle: string) => testServer({ ...ctx, config: { ...ctx.config, centerStyle } });

describe('the document of the privacy center', () => {
  it('is the same at each of its addresses, in the language that is asked for, and runs files of its own alone', async () => {
    const home = await one.send({ url: '/privacy?lang=ar' });
    const part = await one.send({ url: '/privacy/choices?lang=ar' });
    expect(home.statusCode).toBe(200);
    expect(part.body).toBe(home.body);
    expect(home.body).toContain('<html lang="ar" dir="rtl">');
    expect(home.headers['content-security-policy']).toMatch(/script-src 'self'; style-src 'self'/);
    expect(home.body).not.toMatch(/<script(?![^>]*src=)|<style|style=|https?:/);
  });

  it('brings the words of its language along, and no others', async () => {
    const { body } = await one.send({ url: '/privacy', headers: { 'accept-language': 'de-AT, en;q=0.5' } });
    expect(body).toMatch(/modulepreload" href="\/privacy\/assets\/de-[\w-]+\.js/);
    expect(body).not.toMatch(/assets\/(en|fr)-/);
    const [, asset] = /href="(\/privacy\/assets\/de-[^"]+)"/.exec(body)!;
    const words = await one.send({ url: asset! });
    expect(words.headers['cache-control']).toContain('immutable');
    expect((await one.send({ url: '/privacy/assets/no-such-file.js' })).statusCode).toBe(404);
  });

  it('has the shop’s own look, last, where there is one', async () => {
    expect((await one.send({ url: '/privacy/look.css' })).statusCode).toBe(404);
    const path = join(ctx.folder, 'look.css');
    writeFileSync(path, ':root { --shop-accent: #8a1c4a }');
    const own = await withStyle(path);
    const { body } = await own.send({ url: '/privacy' });
    expect(body.indexOf('/privacy/look.css')).toBeGreaterThan(body.lastIndexOf('/privacy/assets/style'));
    expect((await own.send({ url: '/privacy/look.css' })).body).toContain('#8a1c4a');
    await expect(withStyle(join(ctx.folder, 'not-there.css'))).rejects.toMatchObject({
      code: 'invalid_configuration',
    });
  });
});
