/** What the package registry knows of the parts that run: deprecated, superseded, with known faults. */
import { execFileSync } from 'node:child_process';

/** The registry is asked once; whoever does not answer in this time is not there. */
const PROBE_WITHIN_MS = 8_000;
const WITHIN_MS = 30_000;
const DAY_MS = 86_400_000;

export interface Part {
  readonly name: string;
  readonly version: string;
}

export interface Known extends Part {
  /** Whether the registry has this very version. */
  readonly there: boolean;
  /** What its makers say of it; null when they did not give it up. */
  readonly deprecated: string | null;
  /** The first release of the same major after this one, and its age; null when there is none. */
  readonly superseded: { readonly by: string; readonly days: number } | null;
}

export interface Advisory {
  readonly url: string;
  readonly severity: string;
  readonly title: string;
}

interface Release {
  readonly version: string;
  readonly deprecated?: string | boolean;
}

interface Document {
  readonly versions: Readonly<Record<string, unknown>>;
  readonly time?: Readonly<Record<string, string>>;
}

/** The address that `npm ci` takes parts from. */
function registry(): string {
  const said = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  return said.endsWith('/') ? said : `${said}/`;
}

/** Resolves with null when the registry cannot be reached. */
export async function lookUp(
  parts: readonly Part[],
): Promise<{ readonly known: readonly Known[]; advisoriesOf: typeof advisoriesOf } | null> {
  const address = registry();
  const [first] = parts;
  try {
    await ask(address, `${path(first!.name)}/latest`, PROBE_WITHIN_MS);
    const known = await Promise.all(parts.map((part) => look(address, part)));
    return { known, advisoriesOf: (asked) => advisoriesOf(asked, address) };
  } catch {
    return null;
  }
}

async function look(address: string, part: Part): Promise<Known> {
  const { name, version } = part;
  const [own, latest] = await Promise.all([
    ask<Release>(address, `${path(name)}/${version}`),
    ask<Release>(address, `${path(name)}/latest`),
  ]);
  const deprecated = own?.deprecated ?? false;
  return {
    ...part,
    there: own !== null,
    deprecated: typeof deprecated === 'string' ? deprecated : deprecated ? 'deprecated' : null,
    superseded: latest?.version === version ? null : await nextOf(address, part),
  };
}

/** Dates stand in the whole document alone, which is large: only what is not the latest is looked up there. */
async function nextOf(address: string, { name, version }: Part): Promise<Known['superseded']> {
  const { versions = {}, time = {} } = (await ask<Document>(address, path(name))) ?? {};
  const by = releaseAfter(Object.keys(versions), version);
  if (by === null) return null;
  return { by, days: Math.floor((Date.now() - Date.parse(time[by] ?? '')) / DAY_MS) };
}

const path = (name: string) => name.replace('/', '%2f');

/** The nearest release above `version` of its major; what is not final does not count. */
export function releaseAfter(versions: readonly string[], version: string): string | null {
  const own = numbers(version)!;
  const above = versions.flatMap((each) => {
    const found = numbers(each);
    return found !== null && found[0] === own[0] && compare(found, own) > 0 ? [{ each, found }] : [];
  });
  return above.sort((one, other) => compare(one.found, other.found))[0]?.each ?? null;
}

function numbers(version: string): readonly number[] | null {
  return /^\d+\.\d+\.\d+$/.test(version) ? version.split('.').map(Number) : null;
}

function compare(one: readonly number[], other: readonly number[]): number {
  return one[0]! - other[0]! || one[1]! - other[1]! || one[2]! - other[2]!;
}

/** Null for what the registry does not have. */
async function ask<Answer>(address: string, what: string, withinMs = WITHIN_MS): Promise<Answer | null> {
  const answer = await fetch(`${address}${what}`, { signal: AbortSignal.timeout(withinMs) });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`the registry answers ${answer.status} for ${what}`);
  return (await answer.json()) as Answer;
}

/** Known faults of these parts, in one question; null where the registry answers none such. */
async function advisoriesOf(parts: readonly Part[], address = registry()): Promise<Advisory[] | null> {
  const versions: Record<string, string[]> = {};
  for (const { name, version } of parts) versions[name] = [...(versions[name] ?? []), version];
  const answer = await fetch(`${address}-/npm/v1/security/advisories/bulk`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(versions),
    signal: AbortSignal.timeout(WITHIN_MS),
  });
  if (!answer.ok) return null;
  return Object.values((await answer.json()) as Record<string, Advisory[]>).flat();
}
