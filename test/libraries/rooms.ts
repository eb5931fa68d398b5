import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Rooms below `root` that show themselves as a library: those with a `library.ts`. */
export function libraryRooms(root: string): string[] {
  return readdirSync(join(root, 'src'))
    .filter((room) => existsSync(join(root, 'src', room, 'library.ts')))
    .sort();
}
