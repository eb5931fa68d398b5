/**
 * `npm run screens` renews `docs/screens/`: banner, panel and shop at two widths, in four languages, light and
 * dark, and every page of the console. It fails when anything on a page is wider than the page.
 * `npm run screens -- shop` or `-- console` renews one of the two, `-- console cases ledger full` some pages
 * or states alone.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './browser.ts';
import { PictureFolder } from './picture-folder.ts';
import { consoleSeries } from './screens-console.ts';
import { shopSeries } from './screens-shop.ts';
import { startServer } from './server.ts';

const FOLDER = fileURLToPath(new URL('../../docs/screens/', import.meta.url));

const [part, ...pages] = process.argv.slice(2);
const server = await startServer();
const browser = await openBrowser();
try {
  const faults: string[] = [];
  const folders: PictureFolder[] = [];
  if (part !== 'console') {
    const folder = await PictureFolder.open(browser, FOLDER);
    await shopSeries(browser, server.url, { folder, faults });
    folder.prune();
    folders.push(folder);
  }
  if (part !== 'shop') {
    const folder = await PictureFolder.open(browser, join(FOLDER, 'console'));
    await consoleSeries(browser, server, { folder, faults, only: pages });
    if (pages.length === 0) folder.prune();
    folders.push(folder);
  }
  for (const fault of faults) console.error(`fault: ${fault}`);
  const sum = (of: 'bytes' | 'changed') => folders.reduce((all, each) => all + each[of], 0);
  console.log(
    `docs/screens: ${Math.round(sum('bytes') / 1024)} KB, ${sum('changed')} changed, ${faults.length} faults`,
  );
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  await server.stop();
}
