#!/usr/bin/env node
/**
 * What a thief can read in a stolen backup, with nothing but a cryptography library.
 *
 *   node open-backup.mjs KEYS_BACKUP DATA_BACKUP TEXT FILE...
 *
 * Takes for a key whatever looks like 32 bytes in any FILE (key files, backups, anything on disk): as base64
 * or as hex, and in files of exactly that length as they stand. Tries each on every wrapped key of the keys
 * backup, then opens what those keys sealed in the data backup. Prints one line of JSON:
 * {candidates, wrapped, unwrapped, sealed, opened, found}; `found` counts the opened values that hold TEXT.
 */
import { createDecipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const uint32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
/** Associated data: each part after its length, four bytes, big-endian. */
const associated = (...parts) =>
  Buffer.concat(parts.flatMap((part) => [uint32(Buffer.byteLength(part)), Buffer.from(part)]));
const uuid = (text) => Buffer.from(text.replaceAll('-', ''), 'hex');

/** nonce (12) ‖ ciphertext ‖ tag (16); null when it does not open. */
function decrypt(key, sealed, data) {
  if (sealed.length < 28) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(data);
  decipher.setAuthTag(sealed.subarray(-16));
  const plain = decipher.update(sealed.subarray(12, -16));
  try {
    decipher.final();
    return plain;
  } catch {
    return null;
  }
}

function contentOf(path) {
  const bytes = readFileSync(path);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

function candidates(paths) {
  const found = new Map();
  const keep = (key) => key.length === 32 && found.set(key.toString('hex'), key);
  for (const path of paths) {
    const bytes = contentOf(path);
    keep(bytes);
    const text = bytes.toString('latin1');
    for (const [match] of text.matchAll(/[A-Za-z0-9+/_-]{43}(?:=|(?![A-Za-z0-9+/_-]))/g))
      keep(Buffer.from(match, 'base64'));
    for (const [match] of text.matchAll(/(?<![0-9a-fA-F])[0-9a-fA-F]{64}(?![0-9a-fA-F])/g))
      keep(Buffer.from(match, 'hex'));
  }
  return [...found.values()];
}

/** Table → rows as objects. */
function tablesOf(path) {
  const tables = {};
  let table = [];
  let columns = [];
  for (const line of contentOf(path).toString('utf8').split('\n')) {
    if (line === '') continue;
    const value = JSON.parse(line);
    if (Array.isArray(value)) table.push(Object.fromEntries(columns.map((name, at) => [name, value[at]])));
    else if (value.table !== undefined) {
      table = [];
      tables[value.table] = table;
      columns = value.columns;
    }
  }
  return tables;
}

/** The wrapped keys of a keys backup, each with what it is bound to. */
function wrappedOf(tables) {
  const places = [
    ...(tables['keys.data_key'] ?? []).map((row) => ({ family: 'data', owner: row.customer_id, ...row })),
    ...(tables['keys.row_key'] ?? []).map((row) => ({
      family: 'row',
      owner: row.id,
      class: 0,
      version: 1,
      ...row,
    })),
    ...(tables['keys.secret'] ?? []).map((row) => ({
      family: 'secret',
      owner: row.name,
      class: 0,
      version: 1,
      ...row,
    })),
  ];
  return places
    .filter((place) => place.wrapped !== null)
    .map((place) => ({
      ...place,
      bytes: Buffer.from(place.wrapped, 'base64'),
      data: associated(
        'bailee/wrap/v1',
        place.family,
        place.owner,
        uint32(place.class),
        uint32(place.version),
        uint32(place.epoch),
      ),
    }));
}

const COLUMN = {
  order: 1_000_001,
  party: 1_000_002,
  case: 1_000_004,
  event: 1_000_005,
  identifier: 1_000_007,
};

/** Every sealed value of a data backup, with its place. */
function sealedOf(tables) {
  const values = [];
  const add = (row, id, rowVersion, field, sealed) =>
    sealed !== null && values.push({ customer: row.customer_id, row: id, rowVersion, field, sealed });
  for (const row of tables['bailee.field_value'] ?? [])
    add(row, row.customer_id, row.row_version * 2 + row.source, row.field_id, row.sealed);
  for (const row of tables['bailee.customer_identifier'] ?? [])
    add(row, row.id, row.row_version, COLUMN.identifier, row.sealed);
  for (const row of tables['bailee.orders'] ?? [])
    add(row, row.id, row.row_version, COLUMN.order, row.sealed);
  for (const row of tables['bailee.cases'] ?? []) add(row, row.id, row.row_version, COLUMN.case, row.sealed);
  for (const row of tables['bailee.event'] ?? []) add(row, row.id, 1, COLUMN.event, row.sealed);
  return values;
}

function unseal(keys, value, store) {
  const sealed = Buffer.from(value.sealed, 'base64');
  const header = sealed.subarray(0, 4);
  const data = associated(
    header,
    uuid(store),
    uuid(value.customer),
    uuid(value.row),
    uint32(value.rowVersion),
    uint32(value.field),
  );
  for (const key of keys) {
    const padded = decrypt(key, sealed.subarray(4), data);
    if (padded !== null) return padded.subarray(4, 4 + padded.readUInt32BE(0)).toString('utf8');
  }
  return null;
}

const [keysBackup, dataBackup, text, ...files] = process.argv.slice(2);
const tried = candidates(files);
const wrapped = wrappedOf(tablesOf(keysBackup));
const byOwner = new Map();
let unwrapped = 0;
for (const each of wrapped) {
  const key = tried
    .map((candidate) => decrypt(candidate, each.bytes, each.data))
    .find((plain) => plain !== null);
  if (key === undefined) continue;
  unwrapped += 1;
  byOwner.set(each.owner, [...(byOwner.get(each.owner) ?? []), key]);
}
const data = tablesOf(dataBackup);
const storeOf = new Map((data['bailee.customer'] ?? []).map(({ id, store_id }) => [id, store_id]));
const values = sealedOf(data);
// A key on disk may also open values by itself, without any wrapping.
const opened = values
  .map((value) =>
    unseal([...(byOwner.get(value.customer) ?? []), ...tried], value, storeOf.get(value.customer)),
  )
  .filter((plain) => plain !== null);
console.log(
  JSON.stringify({
    candidates: tried.length,
    wrapped: wrapped.length,
    unwrapped,
    sealed: values.length,
    opened: opened.length,
    found: opened.filter((plain) => plain.includes(text)).length,
  }),
);
