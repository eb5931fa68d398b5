/** `npm run pack:libs`: a tarball of each room that is a library, in `dist/libs`. Room names choose some. */
import { rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packLibraries, ROOT } from './pack.ts';
import { libraryRooms } from './rooms.ts';

const known = libraryRooms(ROOT);
const asked = process.argv.slice(2);
const unknown = asked.filter((room) => !known.includes(room));
if (unknown.length > 0) {
  console.error(`No library is called ${unknown.join(', ')}; there are: ${known.join(', ')}.`);
  process.exitCode = 2;
} else {
  const out = join(ROOT, 'dist/libs');
  rmSync(out, { recursive: true, force: true });
  for (const [room, tarball] of packLibraries(asked.length > 0 ? asked : known, out)) {
    const kilobytes = Math.ceil(statSync(tarball).size / 1024);
    console.log(`bailee/${room}  ${relative(ROOT, tarball)}  ${kilobytes} KB`);
  }
}
