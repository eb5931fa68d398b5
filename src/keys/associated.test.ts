import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { associated, placeData, uint32 } from './associated.ts';

const bytes = fc.uint8Array({ maxLength: 12 }).map((value) => Buffer.from(value));
const parts = fc.array(bytes, { maxLength: 5 });
// Parts made of the bytes that lengths are made of: where an ambiguous encoding would collide.
const hostile = fc.array(
  fc.array(fc.constantFrom(0, 0, 0, 1, 4), { maxLength: 9 }).map((value) => Buffer.from(value)),
  { maxLength: 4 },
);

/** The only list that an encoding can come from. */
function decode(encoded: Buffer): Buffer[] {
  const list: Buffer[] = [];
  for (let at = 0; at < encoded.length; ) {
    const length = encoded.readUInt32BE(at);
    list.push(encoded.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return list;
}

describe('associated data', () => {
  it('can be read back part by part, so no two lists of parts share an encoding', () => {
    for (const lists of [parts, hostile])
      fc.assert(
        fc.property(lists, (list) => {
          expect(decode(associated(list))).toEqual(list);
        }),
      );
  });

  it('keeps apart what concatenation would confuse', () => {
    const lists = [[], [''], ['', ''], ['ab', 'c'], ['a', 'bc'], ['abc'], ['abc', ''], ['', 'abc']];
    const encodings = lists.map((list) => associated(list.map((part) => Buffer.from(part))).toString('hex'));
    expect(new Set(encodings).size).toBe(lists.length);
  });

  it('of a place is the list of header, store, customer, row, row version and field', () => {
    const header = fc.uint8Array({ minLength: 4, maxLength: 4 }).map((value) => Buffer.from(value));
    const number = fc.nat({ max: 0xffff_ffff });
    fc.assert(
      fc.property(
        header,
        fc.uuid(),
        fc.uuid(),
        fc.uuid(),
        number,
        number,
        (head, store, customer, row, rowVersion, field) => {
          const ids = [store, customer, row].map((id) => Buffer.from(id.replaceAll('-', ''), 'hex'));
          expect(placeData(head, { store, customer, row, rowVersion, field })).toEqual(
            associated([head, ...ids, uint32(rowVersion), uint32(field)]),
          );
        },
      ),
    );
  });

  it('of a place stays right after thousands of other ids were seen', () => {
    const place = { store: fc.sample(fc.uuid(), { numRuns: 1, seed: 1 })[0]!, rowVersion: 1, field: 1 };
    const ids = fc.sample(fc.uuid(), { numRuns: 6000, seed: 2 });
    const header = Buffer.from([1, 1, 0, 1]);
    const encode = (id: string) => placeData(header, { ...place, customer: id, row: id }).toString('hex');
    const first = ids.map(encode);
    expect(ids.map(encode)).toEqual(first);
    expect(new Set(first).size).toBe(new Set(ids).size);
  });
});
