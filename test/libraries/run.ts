/** `npm run pack:libs`: a tarball of each library, in `dist/libs`. Names choose some. */
import { rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { BROWSER, packBrowser } from './browser.ts';
import { packLibraries, ROOT } from './pack.ts';
import { libraryRooms } from './rooms.ts';

const known = [...libraryRooms(ROOT), BROWSER];
const asked = process.argv.slice(2);
const unknown = asked.filter((room) => !known.includes(room));
if (unknown.length > 0) {
  console.error(`No library is called ${unknown.join(', ')}; there are: ${known.join(', ')}.`);
  process.exitCode = 2;
} else {
  const out = join(ROOT, 'dist/libs');
  rmSync(out, { recursive: true, force: true });
  const wanted = asked.length > 0 ? asked : known;
  const rooms = wanted.filter((name) => name !== BROWSER);
  const packed = rooms.length > 0 ? packLibraries(rooms, out) : new Map<string, string>();
  if (wanted.includes(BROWSER)) packed.set(BROWSER, packBrowser(out));
  for (const [room, tarball] of packed) {
    const kilobytes = Math.ceil(statSync(tarball).size / 1024);
    console.log(`bailee/${room}  ${relative(ROOT, tarball)}  ${kilobytes} KB`);
  }
}
