/** A byte search over everything an installation leaves on disk: first one that does not encrypt, then a real one. */
import { join } from 'node:path';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Cipher } from '../../src/platform/key-ports.ts';
import { makeLog } from '../../src/platform/log.ts';
import type { AcceptLine } from '../line.ts';
import { Faults, inFolder, onPostgres } from './faults.ts';
import { dumpOf, filesOf, outsideOf, type Place, positionOf, rawPostgres, tablesOf } from './places.ts';
import { PLANTED, plantAll } from './planting.ts';
import { Plants, Searcher } from './plants.ts';
import { ask, command, type MadeStore, makeShop, type Shop, serve, shopOf, type Where } from './shop.ts';

/** Encrypts nothing. Only code that composes the server can put it in; no configuration can. */
const NO_CIPHER: Cipher = {
  encrypt: (_key, plaintext, _associated, prefix = Buffer.alloc(0)) => Buffer.concat([prefix, plaintext]),
  decrypt: (_key, sealed) => sealed,
  decrypter: (_key, sealed) => () => sealed,
};

interface Live {
  readonly url: string;
  readonly shop: Shop;
  /** All that it said. */
  stop(): Promise<string>;
}

interface Found {
  readonly values: ReadonlySet<number>;
  readonly marks: number;
  readonly byPlace: ReadonlyMap<string, number>;
  readonly megabytes: number;
}

type Log = (message: string) => void;

export const line: AcceptLine = {
  issue: 1,
  number: 4,
  title: 'No plaintext anywhere on disk',
  async run({ log }) {
    const faults = new Faults(log);
    const figures: string[] = [];
    for (const engine of ['postgres', 'pglite'] as const) {
      const bare = await onEngine(engine, (where) =>
        run(where, withoutCipher, `${engine} without a cipher`, faults, log),
      );
      faults.equal(bare.values.size, PLANTED, `${engine} without a cipher: planted values found`);
      for (const place of needed(engine))
        faults.check(
          (bare.byPlace.get(place) ?? 0) > 0,
          `${engine} without a cipher: values are found in ${place}`,
        );
      const real = await onEngine(engine, (where) => run(where, asOperator, engine, faults, log));
      faults.equal(real.values.size, 0, `${engine}: planted values found`);
      faults.equal(
        real.marks,
        0,
        `${engine}: parts of planted values found (${[...real.byPlace.keys()].join(', ')})`,
      );
      faults.check(real.megabytes > 1, `${engine}: there was something to search`);
      figures.push(
        `${engine}: ${bare.values.size} of ${PLANTED} without a cipher, ${real.values.size} in ${real.megabytes} MB of a real run`,
      );
    }
    return faults.verdict(figures.join('; '));
  },
};

/** Places in which the search must have shown that it finds something. */
function needed(engine: 'postgres' | 'pglite'): string[] {
  return engine === 'postgres'
    ? ['data files', 'WAL', 'table contents', 'quarantine table', 'backup, unpacked']
    : ['data folder', 'backup, unpacked'];
}

function onEngine<Result>(engine: string, work: (where: Where) => Promise<Result>): Promise<Result> {
  return engine === 'postgres' ? onPostgres(work) : inFolder((dataFolder) => work({ dataFolder }));
}

/** As an operator does it, with processes of its own. */
async function asOperator(where: Where): Promise<Live> {
  const shop = await makeShop(where);
  const server = await serve(where, { env: { BAILEE_LOG_LEVEL: 'debug' } });
  return {
    url: server.url,
    shop,
    async stop() {
      await server.stop();
      return server.log();
    },
  };
}

async function withoutCipher(where: Where): Promise<Live> {
  const env = { BAILEE_DATA: where.dataFolder, BAILEE_DEMO: 'false', BAILEE_LOG_LEVEL: 'debug', PORT: '0' };
  const { databaseUrl } = where;
  const config = readConfig(
    { ...env, ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }) },
    null,
  );
  const said: string[] = [];
  const log = makeLog(config, { write: (text) => said.push(text) });
  const app = await compose(config, { cipher: NO_CIPHER, log });
  try {
    const url = await app.listen();
    await app.runJobs();
    app.open();
    const body = { name: 'Acceptance', country: 'DE' };
    const made = await ask(`${url}/api/operator/stores`, app.operatorToken, body);
    const stop = async () => {
      await app.stop();
      return said.join('');
    };
    return { url, shop: shopOf(made.body as MadeStore), stop };
  } catch (error) {
    await app.stop();
    throw error;
  }
}

async function run(
  where: Where,
  start: (where: Where) => Promise<Live>,
  title: string,
  faults: Faults,
  log: Log,
): Promise<Found> {
  return inFolder(async (folder) => {
    const stored = new Plants();
    const never = new Plants();
    const { databaseUrl } = where;
    const position = databaseUrl === undefined ? null : await positionOf(databaseUrl);
    const live = await start(where);
    let said = '';
    const open: Place[] = [];
    try {
      await plantAll({ url: live.url, shop: live.shop, folder }, stored, never);
      open.push(...(await outsideOf(live.url, live.shop.apiKeys.administrator as string)));
    } finally {
      said = await live.stop();
    }
    open.push({ name: 'logs', bytes: Buffer.from(said) });
    const kept = join(folder, 'shop');
    await command(['backup', '--data', `${kept}.data`, '--keys', `${kept}.keys`], where);

    const search = searching(stored, never, title, faults);
    for (const place of open) search.add(place);
    for (const file of [`${kept}.data`, `${kept}.keys`])
      for (const place of filesOf('backup', file)) search.add(place);
    for (const place of filesOf('data folder', where.dataFolder)) search.add(place);
    if (databaseUrl !== undefined && position !== null) {
      for await (const place of rawPostgres(databaseUrl, position)) search.add(place);
      for await (const place of tablesOf(databaseUrl)) search.add(place);
      for (const place of await dumpOf(databaseUrl, log)) search.add(place);
    }
    return search.end(log);
  });
}

function searching(stored: Plants, never: Plants, title: string, faults: Faults) {
  const wanted = new Searcher(stored);
  const unwanted = new Searcher(never);
  const values = new Set<number>();
  const byPlace = new Map<string, Set<number>>();
  const spellings = new Set<string>();
  const searched = new Map<string, number>();
  let marks = 0;
  return {
    add({ name, bytes }: Place): void {
      searched.set(name, (searched.get(name) ?? 0) + bytes.length);
      const found = wanted.search(bytes);
      marks += found.marks;
      if (found.marks > 0) byPlace.set(name, new Set([...(byPlace.get(name) ?? []), ...found.values]));
      for (const each of found.values) values.add(each);
      for (const each of found.spellings) spellings.add(each);
      faults.check(
        unwanted.search(bytes).marks === 0,
        `${title}: ${name} hold what must not be stored at all`,
      );
    },
    end(log: Log): Found {
      const places = [...searched].map(([name, size]) => `${name} ${kilobytes(size)}`);
      const hits = [...byPlace].map(([name, found]) => `${found.size} in ${name}`);
      log(`${title}: searched ${places.join(', ')}`);
      log(
        `${title}: found ${values.size}${hits.length > 0 ? ` (${hits.join(', ')}; as ${[...spellings].join(', ')})` : ''}`,
      );
      const megabytes = Math.round([...searched.values()].reduce((sum, size) => sum + size, 0) / 1e6);
      return {
        values,
        marks,
        byPlace: new Map([...byPlace].map(([name, found]) => [name, found.size])),
        megabytes,
      };
    },
  };
}

function kilobytes(size: number): string {
  return `${Math.ceil(size / 1024)} KB`;
}
