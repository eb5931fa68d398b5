/** A queue as long as a large shop's, and how smoothly it scrolls. */

import pg from 'pg';
import type { Page } from 'playwright-core';

const STEPS = 240;
const STEP_PIXELS = 700;

/** Cases that are there, once more under other ids and numbers, until there are `count`. */
export async function cloneCases(databaseUrl: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute
       WHERE attrelid = 'bailee.cases'::regclass AND attnum > 0 AND NOT attisdropped AND attname NOT IN ('id', 'number')`,
    );
    const names = rows.map(({ name }) => `"${name}"`).join();
    await client.query(
      `INSERT INTO bailee.cases (id, number, ${names})
         SELECT gen_random_uuid(), 1000 + row_number() OVER (), ${names}
         FROM (SELECT *, row_number() OVER (ORDER BY id) - 1 AS n, count(*) OVER () AS all_of_them FROM bailee.cases) c
         JOIN generate_series(1, $1) g ON g % c.all_of_them = c.n`,
      [count],
    );
    await client.query('ANALYZE bailee.cases');
  } finally {
    await client.end();
  }
}

/** Scrolls through the queue, and answers how long the slowest frame took, in milliseconds. */
export async function longestFrame(page: Page, address: string): Promise<number> {
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  await page.getByRole('table').first().hover();
  await page.evaluate(`(() => {
    window.frames_ = [];
    let last = performance.now();
    const tick = (now) => { window.frames_.push(now - last); last = now; window.raf_ = requestAnimationFrame(tick); };
    window.raf_ = requestAnimationFrame(tick);
  })()`);
  for (let step = 0; step < STEPS; step += 1) {
    await page.mouse.wheel(0, STEP_PIXELS);
    await page.waitForTimeout(16);
  }
  const frames = (await page.evaluate('cancelAnimationFrame(window.raf_), window.frames_')) as number[];
  return Math.max(...frames.slice(1));
}
