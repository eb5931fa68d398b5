import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildCatalog } from '../../catalog/build.ts';
import { parseCatalog } from '../../catalog/parse.ts';
import type { EventProperty } from '../../catalog/types.ts';
import { demoMessages } from './messages.ts';

const file = new URL('../../../packs/catalog/default.yaml', import.meta.url);
const catalog = buildCatalog([parseCatalog(readFileSync(file, 'utf8'), 'default.yaml')]);
const all = [...demoMessages({ seed: 1, now: Date.UTC(2026, 10, 22), customers: 2_000 })];

/** Names of what is sent and not declared, as `products[].colour`. */
function undeclared(value: object, declared: readonly EventProperty[], path = ''): string[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    const property = declared.find((candidate) => candidate.name === name);
    if (property === undefined) return [path + name];
    const items: unknown[] = Array.isArray(inner) ? inner : [];
    return items.flatMap((item) => undeclared(item as object, property.members ?? [], `${path}${name}[].`));
  });
}

describe('the demo shop sends only what the default catalog declares', () => {
  it('knows every event', () => {
    const names = new Set(
      all.flatMap((message) =>
        message.type === 'track' ? [message.event] : message.type === 'page' ? ['page'] : [],
      ),
    );
    expect([...names].filter((name) => !catalog.eventByName.has(name))).toEqual([]);
    expect(names.size).toBeGreaterThanOrEqual(11);
  });

  it('knows every trait', () => {
    const traits = all.flatMap((message) => (message.type === 'identify' ? Object.keys(message.traits) : []));
    expect([...new Set(traits)].filter((trait) => !catalog.fieldByTrait.has(trait))).toEqual([]);
  });

  it('knows every property of every event', () => {
    const missing = all.flatMap((message) => {
      if (message.type === 'identify') return [];
      const name = message.type === 'track' ? message.event : 'page';
      const properties = catalog.eventByName.get(name)?.properties ?? [];
      return undeclared(message.properties, properties).map((path) => `${name}: ${path}`);
    });
    expect([...new Set(missing)]).toEqual([]);
  });
});
