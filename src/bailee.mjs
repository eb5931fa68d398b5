#!/usr/bin/env node
/** The command `bailee`. A file that is always there, so that npm can link it before the first build. */
import { existsSync } from 'node:fs';

const built = new URL('../dist/src/main.js', import.meta.url);
if (!existsSync(built)) {
  process.stderr.write('Bailee is not built yet. Run `npm ci` (or `npm run build`) first.\n');
  process.exit(1);
}
await import(built.href);
