/**
 * Free text as it is sealed: with the places of what `detect` found in it, so that a masked view exists. A text
 * that nothing has read has no places, and so is never shown masked: it is withheld.
 */
import type { EventProperty } from '../catalog/types.ts';
import { redact } from '../detect/redact.ts';
import type { EntityType } from '../detect/types.ts';
import type { FieldState } from '../law/types.ts';

/** The names hold a sign that no declared property may hold: nothing that is sent can pass for a text that was read. */
export interface FreeText {
  readonly '@text': string;
  /** Start, end (exclusive) and type, in UTF-16 units and in the order of the text; empty: read, and nothing found. */
  readonly '@spans': readonly (readonly [start: number, end: number, type: EntityType])[];
  /** Message-ID of the mail it came by, for the answer's thread; shown to nobody. */
  readonly '@mail'?: string;
}

/** What became of the texts of a payload, by path (`products[].note`); a text shown as it is is not named. */
export type TextStates = Readonly<Record<string, 'masked' | 'withheld'>>;

export function isFreeText(value: unknown): value is FreeText {
  if (typeof value !== 'object' || value === null) return false;
  const { '@text': text, '@spans': spans } = value as Partial<FreeText>;
  return typeof text === 'string' && Array.isArray(spans);
}

/** An opened value as it was sent: every text in it without its places. */
export function plainTexts(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isFreeText(value)) return value['@text'];
  if (Array.isArray(value)) return value.map(plainTexts);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plainTexts(item)]));
}

/** The text with `[PERSON 1]` for each place; null, to be withheld, when the places do not fit the text. */
function maskedText({ '@text': text, '@spans': spans }: FreeText): string | null {
  try {
    return redact(
      text,
      spans.map(([start, end, type]) => ({ start, end, type, score: 1 })),
      'label',
    );
  } catch {
    return null;
  }
}

/** The masked form of a field whose mask is `text`; null, to be withheld, unless every part of it was read. */
export function maskedField(value: unknown): unknown {
  if (isFreeText(value)) return maskedText(value);
  if (typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) {
    const members = Object.entries(value).map(([name, item]) => [name, maskedField(item)] as const);
    return members.some(([, item]) => item === null) ? null : Object.fromEntries(members);
  }
  const items = value.map(maskedField);
  return items.includes(null) ? null : items;
}

interface Showing {
  readonly texts: FieldState;
  /** False: nothing but the texts is shown. */
  readonly rest: boolean;
  readonly states: Record<string, 'masked' | 'withheld'>;
}

/**
 * A payload as its declared properties have it, with its free texts revealed, masked or left out.
 * @param rest false to show nothing but the texts
 */
export function showTexts(
  payload: unknown,
  declared: readonly EventProperty[],
  texts: FieldState,
  rest: boolean,
): { readonly value: unknown; readonly states: TextStates } {
  if (texts === 'revealed') return { value: rest ? plainTexts(payload) : null, states: {} };
  const states = Object.create(null) as Showing['states'];
  const value = show({ texts, rest, states }, payload, declared, '');
  return { value: value ?? null, states };
}

function show(
  showing: Showing,
  value: unknown,
  declared: readonly EventProperty[] | undefined,
  path: string,
): unknown {
  if (isFreeText(value)) return tell(showing, path, showing.texts === 'masked' ? maskedText(value) : null);
  if (typeof value !== 'object' || value === null) return showing.rest ? value : undefined;
  if (Array.isArray(value))
    return value
      .map((item) => show(showing, item, declared, `${path}[]`))
      .filter((item) => item !== undefined);
  const kept: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    const property = declared?.find((each) => each.name === name);
    const inner = path === '' ? name : `${path}.${name}`;
    const unread = property?.freeText === true && typeof item === 'string';
    const shown = unread ? tell(showing, inner, null) : show(showing, item, property?.members, inner);
    if (shown !== undefined) kept[name] = shown;
  }
  return kept;
}

/** Of several texts in one place, one that is withheld says it for all. */
function tell({ states }: Showing, path: string, masked: string | null): string | undefined {
  if (masked === null) states[path] = 'withheld';
  else states[path] ??= 'masked';
  return masked ?? undefined;
}

/** True when one of the properties, or of their members, is free text. */
export function holdsText(declared: readonly EventProperty[]): boolean {
  return declared.some(({ freeText, members }) => freeText || (members !== undefined && holdsText(members)));
}
