/** Rules about who imports whom: floors, the vault's doors, pure rooms, sdk and web, cycles. */
import { builtinModules } from 'node:module';
import {
  DOORS,
  FLOORS,
  floorOf,
  isTest,
  LIBRARY,
  PURE,
  PURE_NODE,
  PURE_PACKAGES,
  roomOf,
  TYPES_FOR_ALL,
  VERIFIED,
} from './house.ts';
import type { Import } from './source.ts';
import { type Breach, type CodeFile, type Target, targetOf } from './tree.ts';

interface Edge {
  readonly from: string;
  readonly to: Target;
  readonly import: Import;
}

/** Every breach of an import rule. */
export function importBreaches(files: readonly CodeFile[]): Breach[] {
  const edges = files.flatMap(({ path, source }) =>
    source.imports.map((one) => ({ from: path, to: targetOf(path, one), import: one })),
  );
  const breaches = edges.flatMap((edge) =>
    [floors, doors, pure, leaf, sdkAndWeb, verifier, library].flatMap((rule) => rule(edge) ?? []),
  );
  return [...breaches, ...computed(files), ...unknownRooms(files), ...cycles(files)];
}

function breach(rule: string, edge: Edge, message: string): Breach {
  return { rule, path: `${edge.from}:${edge.import.line}`, message };
}

function pathOf(edge: Edge): string | null {
  return 'path' in edge.to ? edge.to.path : null;
}

/** Downward only; rooms on one floor never import each other. Tests beside the code keep to it too. */
function floors(edge: Edge): Breach | null {
  const from = roomOf(edge.from);
  const path = pathOf(edge);
  if (from === null || path === null) return null;
  const to = roomOf(path);
  if (to === null || to === from) return null;
  const [above, below] = [floorOf(from), floorOf(to)];
  if (above > below) return null;
  const where = above === below ? 'stands on the same floor' : 'stands above it';
  return breach('floors', edge, `${from} imports ${to}, which ${where}`);
}

/** Rule 1: each door of the vault opens to the rooms that hold its key; the rest is the vault's own. */
function doors(edge: Edge): Breach | null {
  const path = pathOf(edge);
  const from = roomOf(edge.from);
  if (path === null || roomOf(path) !== 'vault' || from === 'vault' || from === null) return null;
  if (isTest(edge.from)) return null;
  const door = (path.split('/')[2] as string).replace(/\.ts$/, '');
  const holders = DOORS[door];
  if (holders?.includes(from)) return null;
  if ((holders === undefined || TYPES_FOR_ALL.includes(door)) && edge.import.typeOnly) return null;
  const message = holders
    ? `vault/${door} opens to ${holders.join(', ')} alone`
    : `vault/${door} is no door of the vault: only its types may be imported`;
  return breach('vault-doors', edge, message);
}

/** Rule 4: pure rooms import nothing that does I/O. Their tests may read vectors from disk. */
function pure(edge: Edge): Breach | null {
  const from = roomOf(edge.from);
  if (from === null || !PURE.includes(from) || isTest(edge.from)) return null;
  if ('package' in edge.to) {
    const name = edge.to.package;
    if (PURE_NODE.includes(name) || PURE_PACKAGES.includes(name)) return null;
    return breach('pure', edge, `${from} is pure and imports ${name}`);
  }
  if (roomOf(edge.to.path) !== 'platform' || edge.to.path === 'src/platform/errors.ts') return null;
  return breach('pure', edge, `${from} is pure and takes only errors from platform`);
}

/** The house does not lean on its scaffolding: src imports src and contract; contract imports itself. */
function leaf(edge: Edge): Breach | null {
  const path = pathOf(edge);
  if (path === null) return null;
  const from = edge.from.split('/')[0] as string;
  const to = path.split('/')[0] as string;
  const allowed = { src: ['src', 'contract'], contract: ['contract'] }[from];
  if (allowed === undefined || allowed.includes(to) || (isTest(edge.from) && to === 'test')) return null;
  return breach('scaffolding', edge, `${from} imports ${path}`);
}

/** Rule 5: sdk takes types of contract alone, and IAB's packages in the part that only pages with such tags fetch; web takes contract and web/ui, never another app. */
function sdkAndWeb(edge: Edge): Breach | null {
  const [top, app] = edge.from.split('/') as [string, string];
  const to = pathOf(edge);
  if (isTest(edge.from)) return null;
  if (top === 'sdk') {
    if (to?.startsWith('sdk/') || (to?.startsWith('contract/') && edge.import.typeOnly)) return null;
    if (edge.from === 'sdk/iab.ts' && edge.import.specifier.startsWith('@iab')) return null;
    return breach('sdk', edge, `sdk imports ${edge.import.specifier}; it may take types of contract alone`);
  }
  if (top !== 'web') return null;
  const reach = [`web/${app}/`, 'web/ui/', 'contract/'];
  if (
    to === null ? !isNode((edge.to as { package: string }).package) : reach.some((at) => to.startsWith(at))
  ) {
    return null;
  }
  return breach('web', edge, `web/${app} imports ${edge.import.specifier}; contract and web/ui are in reach`);
}

function isNode(name: string): boolean {
  return name.startsWith('node:') || builtinModules.includes(name);
}

/** Who verifies the ledger, or a released table, shares no code with who made it. */
function verifier(edge: Edge): Breach | null {
  const path = pathOf(edge);
  const room = VERIFIED.find((each) => edge.from.startsWith(`src/${each}/verify/`));
  if (room === undefined || path === null || isTest(edge.from)) return null;
  if (path.startsWith(`src/${room}/verify/`) || !path.startsWith(`src/${room}/`)) return null;
  return breach('verifier', edge, `the verifier imports ${path} of what it verifies`);
}

/** A room's library is for outsiders: inside, what is meant is imported from where it stands. */
function library(edge: Edge): Breach | null {
  const path = pathOf(edge);
  if (path === null || !LIBRARY.test(path) || isTest(edge.from)) return null;
  // Whoever judges or measures the house from outside comes in as outsiders do.
  if (/^(accept|bench)\//.test(edge.from)) return null;
  // The acceptance judges as an outsider.
  if (edge.from.startsWith('accept/')) return null;
  return breach('library', edge, `${path} is for outsiders alone`);
}

/** An import that no scanner can follow could go round every rule above. */
function computed(files: readonly CodeFile[]): Breach[] {
  return files
    .filter(({ path, source }) => path.startsWith('src/') && source.computed)
    .map(({ path }) => ({
      rule: 'computed-import',
      path,
      message: 'a dynamic import is not a plain string',
    }));
}

function unknownRooms(files: readonly CodeFile[]): Breach[] {
  return files
    .filter(({ path }) => roomOf(path) !== null && floorOf(roomOf(path) as string) < 0)
    .map(({ path }) => ({
      rule: 'plan',
      path,
      message: `the plan has no room of this name: ${FLOORS.flat().join(', ')}`,
    }));
}

/** Circles among files, of types too: who cannot be read alone cannot be understood alone. */
export function cycles(files: readonly CodeFile[]): Breach[] {
  const graph = new Map<string, string[]>();
  for (const { path, source } of files) {
    const targets = source.imports.map((one) => targetOf(path, one));
    graph.set(
      path,
      targets.flatMap((to) => ('path' in to ? [to.path] : [])),
    );
  }
  const found: Breach[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: string[]) => {
    const seen = trail.indexOf(path);
    if (seen >= 0) {
      const circle = [...trail.slice(seen), path];
      found.push({ rule: 'cycle', path, message: circle.join(' → ') });
      return;
    }
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) if (graph.has(next)) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  return found;
}
