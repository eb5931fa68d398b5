/** The banner against vanilla-cookieconsent 3.1, the smallest open one with a panel: bytes, and the main thread's time. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../accept/browser.ts';
import { runCommand, type Server, startServer } from '../accept/server.ts';
import type { Bench, Pair } from './bench.ts';

const require = createRequire(import.meta.url);
const THEIRS = {
  script: readFileSync(require.resolve('vanilla-cookieconsent/dist/cookieconsent.umd.js'), 'utf8'),
  style: readFileSync(require.resolve('vanilla-cookieconsent/dist/cookieconsent.css'), 'utf8'),
};
const PURPOSES = ['analytics', 'personalization', 'advertising', 'partner-sharing'];

/** The same question with the same purposes, in their words for it. */
const THEIR_TEXTS = `CookieConsent.run({
  hideFromBots: false,
  categories: ${JSON.stringify(Object.fromEntries(PURPOSES.map((purpose) => [purpose, {}])))},
  language: { default: 'en', translations: { en: {
    consentModal: { title: 'May we use your data?', description: 'The shop works without it. You decide.', acceptAllBtn: 'Accept all', acceptNecessaryBtn: 'Refuse all', showPreferencesBtn: 'Choose' },
    preferencesModal: { title: 'May we use your data?', acceptAllBtn: 'Accept all', acceptNecessaryBtn: 'Refuse all', savePreferencesBtn: 'Save', sections: ${JSON.stringify(PURPOSES.map((purpose) => ({ title: purpose, description: 'What we do with it, in a sentence.', linkedCategory: purpose })))} },
  } } },
});`;

interface Measured {
  readonly bytes: number;
  /** Milliseconds of tasks on the main thread, from the navigation until the banner shows. */
  readonly ms: number;
}

interface Stage {
  readonly browser: Browser;
  readonly server: Server;
  readonly key: string;
}

async function onStage(work: (stage: Stage) => Promise<Pair[]>): Promise<Pair[]> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'bailee-bench-'));
  const made = await runCommand(['init', '--name', 'bench', '--json'], { dataFolder });
  const { writeKeys } = JSON.parse(made.stdout) as { writeKeys: { browser: string } };
  const server = await startServer({ dataFolder, demo: false });
  const browser = await openBrowser();
  try {
    return await work({ browser, server, key: writeKeys.browser });
  } finally {
    await browser.close();
    await server.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

async function load({ browser, server }: Stage, head: string, banner: string): Promise<Measured> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Performance.enable');
  const urls = new Map<string, string>();
  let bytes = 0;
  session.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!urls.get(requestId)?.endsWith('/page')) bytes += encodedDataLength;
  });
  const html = `<!doctype html><html lang="en"><head><title>Tea</title><link rel="icon" href="data:,">${head}</head><body><h1>Tea</h1></body></html>`;
  await page.route('**/page', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto(`${server.url}/page`);
  await page.waitForSelector(banner);
  const { metrics } = await session.send('Performance.getMetrics');
  await context.close();
  const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  return { bytes, ms: seconds * 1000 };
}

function ours(stage: Stage): Promise<Measured> {
  const script = `<script src="/sdk/bailee.js" data-write-key="${stage.key}"></script>`;
  return load(stage, script, '#bailee section');
}

async function theirs(stage: Stage): Promise<Measured> {
  const head = `<style>${THEIRS.style}</style><script>${THEIRS.script}</script><script>addEventListener('DOMContentLoaded', () => { ${THEIR_TEXTS} })</script>`;
  const { ms } = await load(stage, head, '#cc-main .cm');
  const packed = [THEIRS.style, THEIRS.script, THEIR_TEXTS].map(
    (text) => gzipSync(text, { level: 9 }).length,
  );
  return { bytes: packed.reduce((sum, each) => sum + each, 0), ms };
}

async function inTurn(runs: number, of: (measured: Measured) => number): Promise<Pair[]> {
  return onStage(async (stage) => {
    await ours(stage);
    const pairs: Pair[] = [];
    for (let run = 0; run < runs; run += 1)
      pairs.push({ oursMs: of(await ours(stage)), baselineMs: of(await theirs(stage)) });
    return pairs;
  });
}

export const sdkBench: Bench = {
  name: 'sdk',
  what: 'main thread until the banner shows, against vanilla-cookieconsent 3.1 with the same purposes',
  better: 'lower',
  goal: 1,
  run: (runs) => inTurn(runs, ({ ms }) => ms),
};

export const sdkBytesBench: Bench = {
  name: 'sdk-bytes',
  what: 'bytes until the banner can be used, with headers, against vanilla-cookieconsent 3.1 packed, without',
  better: 'lower',
  goal: 0.55,
  run: (runs) => inTurn(runs, ({ bytes }) => bytes),
};
