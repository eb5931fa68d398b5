/** The plan of the house as data: what stands on which floor, who may open which door. */

/** From the ground up. A room imports lower floors alone, never one on its own floor. */
export const FLOORS: readonly (readonly string[])[] = [
  ['platform', 'client'],
  ['law', 'catalog', 'detect', 'anonymize'],
  ['ledger'],
  ['keys'],
  ['vault'],
  ['consent', 'staff'],
  ['gate'],
  ['projections', 'collect'],
  ['profile', 'cases', 'segments', 'insight', 'recommend'],
  ['watch', 'rights', 'sharing'],
  ['edge'],
  ['compose'],
  ['main'],
];

/** Rooms that compute and do nothing else. */
export const PURE = ['law', 'catalog', 'detect', 'anonymize'];
/** All that a pure room may take from Node: these touch no file, no network and no clock. */
export const PURE_NODE = ['node:crypto', 'node:buffer', 'node:util'];
/** Parsers and tables; none of them does I/O. */
export const PURE_PACKAGES = ['typebox', 'yaml', 'libphonenumber-js', 'ibantools'];

/**
 * What a room shows as a library of its own (`npm run pack:libs`): the one kind of file that may only
 * re-export, since outsiders have no other way in. Inside the house nobody imports it.
 */
export const LIBRARY = /^src\/[^/]+\/library\.ts$/;

/** Rooms with a verifier of their own, in `verify/`, that takes no code from the rest of the room. */
export const VERIFIED = ['ledger', 'anonymize'];

/** The five doors of the vault and who holds a key to each, besides the vault itself. */
const FIVE_DOORS = {
  read: ['gate'],
  identify: ['gate', 'consent', 'collect', 'rights'],
  choices: ['consent', 'gate'],
  write: ['collect', 'rights', 'cases'],
  erase: ['rights'],
};
const CHANGES_CUSTOMERS = ['gate', 'consent', 'collect', 'rights', 'cases'];

/**
 * Every file of the vault that a room may call, and which rooms. The five doors, and beside them
 * what would make a door too long, held by no more rooms than that door. Files that are not named
 * are the vault's own; of those only types may be imported.
 */
export const DOORS: Readonly<Record<string, readonly string[]>> = {
  ...FIVE_DOORS,
  'lock-and-read': FIVE_DOORS.read, // the same, with choices and keys
  'places-write': ['collect'], // the same, written
  sql: FIVE_DOORS.read, // sealed rows, on their way to `read`
  whole: FIVE_DOORS.read, // the same, all that there are of a customer
  'subject-map': ['gate', 'rights'], // where records about a customer live; touches no row
  grant: FIVE_DOORS.read, // whoever makes a grant opens the vault
  approvals: FIVE_DOORS.read, // what a second person approved
  alerts: [...FIVE_DOORS.read, 'staff'], // broken glass, and what must be seen at once
  'caller-checks': FIVE_DOORS.read, // what callers were asked, and the right answers until they are given
  tags: ['gate', 'profile'], // tags of a store, and who has them; ids alone
  'write-orders': FIVE_DOORS.write,
  'write-cases': FIVE_DOORS.write,
  'case-work': ['cases'], // the same, by hand; text goes in, none comes out
  'case-mail': ['cases'], // answers to send, attachments; content goes in, none comes out
  'case-queue': ['gate', 'cases'], // numbers, states and ids: nothing that anybody wrote
  'choice-counts': ['consent'], // how many chose; no id comes out
  'case-clock': ['cases'], // when an answer is due
  center: ['rights'], // sessions of customers, codes and used tokens; hashes alone
  'own-pages': FIVE_DOORS.read, // sealed rows of one customer, page by page
  'request-counts': ['rights'], // how many, and how fast; no ids
  requests: ['gate', 'rights'], // kinds, states and days of requests; nobody's words
  recipients: ['gate', 'rights', 'sharing'], // whom a store told; what names somebody goes in, and out to them
  merge: ['collect', 'rights'],
  dump: ['rights'], // ciphertext to a backup and back
  carry: ['rights'], // what a restore must not forget
  rebuild: ['rights'], // blind indexes after a restore
  expire: ['rights'], // rows whose time is over
  retain: ['rights'], // the same, by the schedule
  'retain-read': ['rights'], // how many, and how old; no ids but of those to be warned
  partitions: ['rights'], // months of events; touches no row
  lock: CHANGES_CUSTOMERS, // takes locks, answers no content
  record: [...CHANGES_CUSTOMERS, 'staff'], // adds an entry to the ledger, sealed for its customer or the installation
};
/** The door whose types are needed by all who pass a grant on. */
export const TYPES_FOR_ALL = ['grant'];

/** Tables with rows about a person. SQL on them stands in the vault. */
export const PERSONAL_TABLES = [
  'customer',
  'customer_link',
  'customer_identifier',
  'field_value',
  'orders',
  'order_line',
  'cases',
  'case_message',
  'case_attachment',
  'case_mail',
  'event',
  'choice',
  'opening',
  'identifier',
  'tombstone',
  'approval',
  'break_glass',
  'alert',
  'customer_tag',
  'caller_check',
  'retention_warning',
  'request',
  'request_step',
  'center_session',
  'center_code',
  'center_handover',
  'recipient_delivery',
];
/** What may touch a personal table outside the vault, and why. */
export const SQL_EXCEPTIONS: readonly { room: string; table: string; because: string }[] = [
  {
    room: 'ledger',
    table: 'opening',
    because: 'the sequencer writes the index of an entry beside its opening; it reads nothing sealed',
  },
];
/** Tables of schema `keys`: SQL on them stands in `src/keys` alone. */
export const KEY_TABLES = ['data_key', 'row_key', 'secret', 'epoch'];

/** What may lie in the root: the tree of the design, the papers, the tools' configuration. */
export const ROOT: readonly string[] = [
  ...['packs', 'contract', 'migrations', 'src', 'sdk', 'web', 'accept', 'bench', 'test', 'docs', 'examples'],
  ...['README.md', 'LICENSE', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'ARCHITECTURE.md'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.test.json', 'biome.json'],
  ...['vitest.config.ts', 'knip.json', '.gitignore', '.gitattributes', '.git', '.ci', '.github'],
];
/** In the root but not in git; the same names stand in `.gitignore`. */
export const UNTRACKED = ['node_modules', 'dist', 'data', '.bailee', 'coverage'];

/** Folders whose TypeScript the rules hold for. */
export const SOURCE_FOLDERS = ['src', 'contract', 'sdk', 'web', 'accept', 'bench', 'test'];

/** The room of a path: `src/vault/read.ts` → `vault`, `src/main.ts` → `main`; null outside `src`. */
export function roomOf(path: string): string | null {
  const parts = path.split('/');
  if (parts[0] !== 'src') return null;
  return parts.length === 2 ? (parts[1] as string).replace(/(\.test)?\.ts$/, '') : (parts[1] as string);
}

/** The floor's number from the ground, or -1 for a room that the plan does not know. */
export function floorOf(room: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(room));
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}
