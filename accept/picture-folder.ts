/**
 * A folder of pictures that does not change where nothing to be seen has: a picture that differs from the one before
 * in no more than a few figures (a moment, a number of the ledger) is not written again.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

/** Of all pixels: what a line of figures is, and less than a button. */
const SAME_SHARE = 0.006;
/** Of 255: what compression does to a color. */
const SAME_COLOR = 40;

const DIFFERING = `async ([one, other]) => {
  const pixels = async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/webp' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  };
  const [a, b] = [await pixels(one), await pixels(other)];
  if (a.width !== b.width || a.height !== b.height) return 1;
  let differ = 0;
  for (let at = 0; at < a.data.length; at += 4)
    if ([0, 1, 2].some((part) => Math.abs(a.data[at + part] - b.data[at + part]) > ${SAME_COLOR})) differ += 1;
  return differ / (a.width * a.height);
}`;

export class PictureFolder {
  bytes = 0;
  changed = 0;
  readonly #path: string;
  readonly #comparing: Page;
  readonly #names = new Set<string>();

  private constructor(path: string, comparing: Page) {
    this.#path = path;
    this.#comparing = comparing;
  }

  static async open(browser: Browser, path: string): Promise<PictureFolder> {
    mkdirSync(path, { recursive: true });
    return new PictureFolder(path, await browser.newPage());
  }

  async save(name: string, picture: Buffer): Promise<void> {
    const file = join(this.#path, name);
    this.#names.add(name);
    const before = existsSync(file) ? readFileSync(file) : null;
    const same = before !== null && (before.equals(picture) || (await this.#looksAs(before, picture)));
    if (!same) {
      writeFileSync(file, picture);
      this.changed += 1;
    }
    this.bytes += (same ? before : picture).length;
  }

  /** Pictures of what is no more go. */
  prune(): void {
    for (const name of readdirSync(this.#path))
      if (name.endsWith('.webp') && !this.#names.has(name)) rmSync(join(this.#path, name));
  }

  async #looksAs(before: Buffer, picture: Buffer): Promise<boolean> {
    const asked = JSON.stringify([before, picture].map((each) => each.toString('base64')));
    return ((await this.#comparing.evaluate(`(${DIFFERING})(${asked})`)) as number) <= SAME_SHARE;
  }
}
