import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES, EVENT_CODES } from '../src/platform/errors.ts';

const FOLDER = join(fileURLToPath(new URL('.', import.meta.url)), '../docs/errors');
const codes: string[] = [...ERROR_CODES, ...EVENT_CODES];

describe('the pages about errors', () => {
  it('are one for each code, and none for a code that does not exist', () => {
    const pages = readdirSync(FOLDER).map((name) => name.replace(/\.md$/, ''));
    expect(pages.toSorted()).toEqual(codes.toSorted());
  });

  it.each(codes)('%s says its cause, its fix and an example', (code) => {
    const page = readFileSync(join(FOLDER, `${code}.md`), 'utf8');
    expect(page.startsWith(`# ${code}\n`)).toBe(true);
    for (const part of ['**Cause.**', '**Fix.**', '**Example.**']) expect(page).toContain(part);
    expect(page.split('```')).toHaveLength(3);
    expect(page.split('```')[1]).toContain(code);
  });
});
