/** Reads the hierarchies of the quasi-identifiers from a folder, or builds them from the values that occur. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Building, buildLines, type DateStep } from '../../anonymize/table/build.ts';
import type { CodedColumn } from '../../anonymize/table/types.ts';
import { BaileeError } from '../../platform/errors.ts';
import { CommandError, EXIT } from './exit.ts';
import { numberOf } from './table-options.ts';
import { tableRows } from './table-rows.ts';

const DATE_STEPS: readonly string[] = ['month', 'quarter', 'year', 'decade'] satisfies DateStep[];

/** Per column, lines of a value and its generalizations. */
export type Lines = ReadonlyMap<string, readonly (readonly string[])[]>;

/** `age=number:5:10`, `born=date:month:year`, `zip=place:3:1`, `region=place:/`, `job=category`. */
export function buildingsOf(given: readonly string[]): Map<string, Building> {
  return new Map(
    given.map((text) => {
      const [column, how] = [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)];
      const [kind, ...rest] = how.split(':');
      const building = buildingOf(kind ?? '', rest);
      if (column === '' || building === null)
        throw new CommandError(EXIT.usage, '--build must be like age=number:5:10, see --help.');
      return [column, building] as const;
    }),
  );
}

function buildingOf(kind: string, rest: readonly string[]): Building | null {
  const numbers = () => rest.map((text) => numberOf('build', text));
  if (kind === 'category') return rest.length === 0 ? { kind } : null;
  if (rest.length === 0) return null;
  if (kind === 'number') return { kind, widths: numbers() };
  if (kind === 'date') return rest.every(isStep) ? { kind, steps: rest } : null;
  if (kind !== 'place') return null;
  const separator = rest[0] ?? '';
  return /^\d+$/.test(separator) ? { kind, keep: numbers() } : { kind, separator };
}

function isStep(text: string): text is DateStep {
  return DATE_STEPS.includes(text);
}

/**
 * The hierarchy of each column: built when `buildings` says so, else from the file `<anything>_hierarchy_<column>.csv`
 * in `folder`. Throws `invalid_hierarchy` when there is none, or more than one file.
 */
export async function readHierarchies(
  columns: readonly CodedColumn[],
  folder: string | undefined,
  delimiter: string,
  buildings: ReadonlyMap<string, Building>,
): Promise<Lines> {
  const files = folder === undefined ? [] : filesIn(folder);
  const lines = new Map<string, readonly (readonly string[])[]>();
  for (const column of columns) {
    const building = buildings.get(column.name);
    if (building !== undefined) {
      lines.set(column.name, buildLines(column, building));
      continue;
    }
    const found = files.filter((name) => name.endsWith(`_hierarchy_${column.name}.csv`));
    if (folder === undefined || found.length !== 1)
      throw new BaileeError(
        'invalid_hierarchy',
        `There is ${found.length > 1 ? 'more than one' : 'no'} file <anything>_hierarchy_${column.name}.csv for the column ${column.name}.`,
        { column: column.name },
      );
    lines.set(column.name, await linesOf(join(folder, found[0]!), delimiter));
  }
  return lines;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    throw new CommandError(EXIT.usage, `The folder ${folder} cannot be read.`);
  }
}

/** Hierarchies are often kept with semicolons, whatever the table has. */
async function linesOf(path: string, delimiter: string): Promise<string[][]> {
  const read = async (sign: string) => {
    const all: string[][] = [];
    for await (const batch of tableRows(path, sign)) for (const line of batch) all.push(line);
    return all;
  };
  const lines = await read(delimiter);
  return lines.every((line) => line.length === 1) ? read(';') : lines;
}
