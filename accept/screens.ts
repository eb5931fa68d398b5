/**
 * `npm run screens` renews `docs/screens/`: banner, panel and shop at two widths, in four languages, light and
 * dark, every page of the console, and the privacy center. It fails when anything on a page is wider than the page.
 * `npm run screens -- shop`, `-- console` or `-- center` renews one of the three, `-- console cases ledger full` some
 * pages or states alone.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { PictureFolder } from './picture-folder.ts';
import { centerSeries } from './screens-center.ts';
import { consoleSeries } from './screens-console.ts';
import { shopSeries } from './screens-shop.ts';
import { startServer, stopAll } from './server.ts';

const FOLDER = fileURLToPath(new URL('../../docs/screens/', import.meta.url));

const [part, ...pages] = process.argv.slice(2);
const wanted = (name: string) => part === undefined || part === name;
const faults: string[] = [];
const folders: PictureFolder[] = [];

/** Pictures of what is no more go, unless some alone are renewed. */
async function into(
  browser: Browser,
  path: string,
  draw: (folder: PictureFolder) => Promise<void>,
): Promise<void> {
  const folder = await PictureFolder.open(browser, path);
  await draw(folder);
  if (pages.length === 0) folder.prune();
  folders.push(folder);
}

const browser = await openBrowser();
try {
  if (wanted('center'))
    await into(browser, join(FOLDER, 'center'), (folder) => centerSeries(browser, { folder, faults }));
  if (wanted('shop') || wanted('console')) {
    const server = await startServer();
    if (wanted('shop'))
      await into(browser, FOLDER, (folder) => shopSeries(browser, server.url, { folder, faults }));
    if (wanted('console'))
      await into(browser, join(FOLDER, 'console'), (folder) =>
        consoleSeries(browser, server, { folder, faults, only: pages }),
      );
  }
  for (const fault of faults) console.error(`fault: ${fault}`);
  const sum = (of: 'bytes' | 'changed') => folders.reduce((all, each) => all + each[of], 0);
  console.log(
    `docs/screens: ${Math.round(sum('bytes') / 1024)} KB, ${sum('changed')} changed, ${faults.length} faults`,
  );
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  await stopAll();
}
