/** All pages of the console, gone to in a browser as one person; each answer that the browser gets is handed over. */
import { openBrowser } from '../browser.ts';

export interface Planted {
  readonly id: string;
  readonly ticket: string;
  readonly order: string;
  readonly userId: string;
}

export interface Walk {
  readonly url: string;
  /** Value of the session cookie. */
  readonly session: string;
  readonly customers: readonly Planted[];
  /** Fewer customers and cases. */
  readonly quick: boolean;
  readonly seen: (what: string, text: string) => void;
}

/** Goes to every link of the rail, to customers, and to the cases that the person may see. */
export async function walkPages({ url, session, customers, quick, seen }: Walk): Promise<void> {
  const browser = await openBrowser();
  try {
    const context = await browser.newContext();
    const { hostname } = new URL(url);
    const cookie = { name: '__Host-bailee', value: session, domain: hostname, path: '/' } as const;
    await context.addCookies([{ ...cookie, secure: true, httpOnly: true, sameSite: 'Strict' }]);
    const page = await context.newPage();
    const under: Promise<unknown>[] = [];
    page.on('response', (response) => {
      if (new URL(response.url()).pathname.startsWith('/console/assets/')) return;
      under.push(
        response.text().then(
          (text) => seen(new URL(response.url()).pathname, text),
          () => undefined,
        ),
      );
    });
    const go = async (path: string) => {
      await page.goto(`${url}${path}`);
      await page.waitForLoadState('networkidle');
    };
    await go('/console');
    const links = await page
      .locator('nav a[href^="/console"]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href')!));
    if (links.length === 0) throw new Error('the console shows no page');
    const some = customers.slice(0, quick ? 1 : undefined);
    for (const path of [...new Set(links), ...some.map(({ id }) => `/console/customers/${id}`)])
      await go(path);
    await Promise.all(under);
  } finally {
    await browser.close();
  }
}
