/** The package.json of a library, from that of the house. */

export interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  anonymize: 'Masks, pseudonyms, k-anonymity and differential privacy.',
  client: 'A typed client of Bailee for Node.',
  detect: 'Finds personal data in text and tables, and redacts it.',
  keys: 'Envelope encryption with bound places, and blind indexes.',
  law: 'Privacy law as data, and decisions with their sources.',
  ledger: 'A Merkle log in the formats of C2SP: append, prove, verify.',
};

/**
 * The manifest of `bailee/<room>`, which imports `packages` (of Node too). Versions are the exact ones of
 * the house; Node's types are a peer, for users of TypeScript alone. With `packs`, the room's data of
 * `packs/<room>` travels with it: `import.meta.resolve('bailee/<room>/packs/<file>')`.
 *
 * @throws Error when a package is no dependency of the house
 */
export function manifestOf(
  room: string,
  house: Manifest,
  packages: readonly string[],
  packs: boolean,
): object {
  const names = [...new Set(packages)].filter((name) => !name.startsWith('node:')).sort();
  const dependencies = Object.fromEntries(
    names.map((name) => {
      const version = house.dependencies[name];
      if (version === undefined) throw new Error(`bailee/${room} imports ${name}, which is no dependency.`);
      return [name, version];
    }),
  );
  const entry = `./lib/src/${room}/library`;
  return {
    name: 'bailee',
    version: house.version,
    description: DESCRIPTIONS[room] ?? `The room ${room} of Bailee.`,
    license: house.license,
    type: 'module',
    engines: house.engines,
    sideEffects: false,
    exports: {
      [`./${room}`]: { types: `${entry}.d.ts`, default: `${entry}.js` },
      ...(packs ? { [`./${room}/packs/*`]: './packs/*' } : {}),
    },
    files: packs ? ['lib', 'packs'] : ['lib'],
    dependencies,
    peerDependencies: { '@types/node': `>=${house.devDependencies['@types/node']?.split('.')[0]}` },
    peerDependenciesMeta: { '@types/node': { optional: true } },
  };
}
