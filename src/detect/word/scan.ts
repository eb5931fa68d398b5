/** The pass over the words: addresses first, then what stands between them. */
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { CASE, KIND, type Tokens } from '../tokenize.ts';
import type { EntityType } from '../types.ts';
import { addressAt } from './address.ts';
import { codeEnd } from './address-part.ts';
import { type Chunk, chunkAt } from './chunk.ts';
import { scanCjk } from './cjk.ts';
import { firmAt } from './firm.ts';
import { groupAt } from './group.ts';
import { institutionAt } from './institution.ts';
import { legalFormAt } from './legal-form.ts';
import { properOf } from './proper.ts';
import { type Reading, read, take, tokenFrom } from './reading.ts';
import { honorificAt, jobAt } from './title.ts';
import { isAmong, wordSet } from './word-set.ts';

/** Candidates of the types that need word lists. `patterns` are those that have a pattern: their words are taken. */
export function scanWords(tokens: Tokens, patterns: readonly Candidate[]): Candidate[] {
  const reading = read(tokens, patterns);
  const out: Candidate[] = [];
  scanCjk(reading, out);
  scanAddresses(reading, out);
  scanFirms(reading, out);
  scanGroups(reading, out);
  scanNames(reading, out);
  return out;
}

function keep(reading: Reading, out: Candidate[], candidate: Candidate | null): boolean {
  if (candidate === null) return false;
  out.push(candidate);
  take(reading, candidate.start, candidate.end);
  return true;
}

function scanAddresses(reading: Reading, out: Candidate[]): void {
  const { tokens, taken } = reading;
  for (let at = 0; at < tokens.count; at += 1) {
    const kind = tokens.kind[at]!;
    if ((kind !== KIND.word && kind !== KIND.number && kind !== KIND.mixed) || taken[at] === 1) continue;
    if (kind === KIND.word && !mayBeginAddress(reading, at)) continue;
    const found = addressAt(reading, at);
    if (keep(reading, out, found)) at = tokenFrom(tokens, found!.end) - 1;
  }
}

const THE = wordSet('the');
const THE_OR_C = wordSet('the c');

/** A capital letter, a kind of street, or the words `the corner of`. */
function mayBeginAddress({ tokens }: Reading, at: number): boolean {
  const flags = tokens.flags[at]!;
  if (tokens.letterCase[at] !== 0 || tokens.caseless || (flags & (FLAG.street | FLAG.unit)) !== 0) {
    return (
      (flags & FLAG.common) === 0 ||
      (flags & (FLAG.street | FLAG.surname | FLAG.unit)) !== 0 ||
      tokens.letterCase[at] !== 0 ||
      isAmong(tokens, at, THE)
    );
  }
  return isAmong(tokens, at, THE_OR_C);
}

function scanFirms(reading: Reading, out: Candidate[]): void {
  const { tokens, taken } = reading;
  for (const firmOf of [legalFormAt, institutionAt])
    for (let at = 0; at < tokens.count; at += 1)
      if (taken[at] === 0 && tokens.kind[at] === KIND.word) keep(reading, out, firmOf(reading, at));
}

function scanGroups(reading: Reading, out: Candidate[]): void {
  const { tokens, taken } = reading;
  for (let at = 0; at < tokens.count; at += 1) {
    if (taken[at] === 1 || tokens.kind[at] !== KIND.word) continue;
    const flags = tokens.flags[at]!;
    if ((flags & FLAG.honorific) !== 0 && keep(reading, out, honorificAt(reading, at))) continue;
    if ((flags & FLAG.job) !== 0 && keep(reading, out, jobAt(reading, at))) continue;
    if ((flags & (FLAG.nationality | FLAG.religion | FLAG.health)) !== 0)
      keep(reading, out, groupAt(reading, at));
  }
}

function scanNames(reading: Reading, out: Candidate[]): void {
  const { tokens } = reading;
  const above: Above = { type: null, end: 0 };
  const lines = out.map((each) => each).sort((a, b) => a.start - b.start);
  let next = 0;
  for (let at = 0; at < tokens.count; at += 1) {
    if (tokens.kind[at] !== KIND.word || (tokens.letterCase[at] === CASE.lower && !tokens.caseless)) continue;
    while (next < lines.length && lines[next]!.start < tokens.start[at]!) remember(above, lines[next++]!);
    const firm = firmAt(reading, at);
    if (keep(reading, out, firm)) {
      remember(above, firm!);
      at = tokenFrom(tokens, firm!.end) - 1;
      continue;
    }
    const named = nameAt(reading, at, above);
    if (named === null) continue;
    at = named.chunk.last;
    if (!keep(reading, out, named.found)) continue;
    remember(above, named.found!);
    if (named.found!.type === 'PLACE') keep(reading, out, codeBehind(tokens, at));
  }
}

interface Named {
  readonly chunk: Chunk;
  readonly found: Candidate | null;
}

function nameAt(reading: Reading, at: number, above: Above): Named | null {
  const chunk = chunkAt(reading, at);
  if (chunk !== null) return judged(reading, chunk, above);
  // An ordinary word that begins a sentence may begin a firm or a place, not a person.
  const whole = chunkAt(reading, at, true);
  if (whole === null) return null;
  const named = judged(reading, whole, above);
  return named.found !== null && named.found.type === 'ORGANIZATION' ? named : null;
}

function judged(reading: Reading, chunk: Chunk, above: Above): Named {
  const { text } = reading.tokens;
  const gap =
    above.type === null || chunk.start - above.end > 12 ? '-------' : text.slice(above.end, chunk.start);
  return { chunk, found: properOf(reading, chunk, previous(gap, above), gap) };
}

/** A postal code right behind a town: `in Bjert 6091`. */
function codeBehind(tokens: Tokens, town: number): Candidate | null {
  const at = town + 1;
  if (at >= tokens.count || tokens.start[at]! - tokens.end[town]! !== 1) return null;
  const last = codeEnd(tokens, at);
  if (last === 0 || tokens.end[at]! - tokens.start[at]! < 4) return null;
  return { start: tokens.start[at]!, end: tokens.end[last]!, type: 'ZIP_CODE', score: 0.7 };
}

interface Above {
  type: EntityType | null;
  end: number;
}

function remember(above: Above, { type, end }: Candidate): void {
  above.type = type;
  above.end = end;
}

/** The type of what ends just before the chunk, when little stands between. */
function previous(gap: string, above: Above): EntityType | null {
  return gap.length <= 6 || /^[\s>?,.*|]*$/.test(gap) ? above.type : null;
}
