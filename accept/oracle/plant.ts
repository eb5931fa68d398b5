/** A copy of the built law, into which one fault at a time is planted. */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export interface OracleMutant {
  readonly name: string;
  /** In `dist/src/law`. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly from: string;
  readonly to: string;
}

export class Copy {
  readonly #law: string;

  /** `folder` is empty, and the caller's to remove. */
  constructor(folder: string) {
    mkdirSync(join(folder, 'dist/src'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
    for (const part of ['src/law', 'src/platform', 'contract'])
      cpSync(join(ROOT, 'dist', part), join(folder, 'dist', part), { recursive: true });
    this.#law = join(folder, 'dist/src/law');
  }

  /** Runs `work` on the library with the fault in it. Throws when its place is not there exactly once. */
  async with<Result>(
    { name, file, from, to }: OracleMutant,
    work: (library: string) => Promise<Result>,
  ): Promise<Result> {
    const path = join(this.#law, file);
    const sound = readFileSync(path, 'utf8');
    if (sound.split(from).length !== 2)
      throw new Error(`"${name}" cannot be planted: ${file} has changed. Mend accept/oracle/mutants*.ts.`);
    writeFileSync(path, sound.split(from).join(to));
    try {
      return await work(join(this.#law, 'library.js'));
    } finally {
      writeFileSync(path, sound);
    }
  }
}
