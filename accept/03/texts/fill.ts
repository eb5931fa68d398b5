import type { Dice } from '../../crash/dice.ts';
import { type Slots, type Span, type SpanType, TYPES, type Value } from './types.ts';

/** `{slot}`, or `{TYPE:words}` for words of the template itself that bear a label. */
const MARK = /\{([a-z][A-Za-z0-9]*)\}|\{([A-Z_]+):([^{}]+)\}/g;

/**
 * Fills `template` from `slots`.
 *
 * @throws Error when the template names a slot or a type that does not exist
 */
export function fill(template: string, slots: Slots, dice: Dice): { text: string; spans: Span[] } {
  const spans: Span[] = [];
  let text = '';
  let last = 0;
  for (const match of template.matchAll(MARK)) {
    text += template.slice(last, match.index);
    last = match.index + match[0].length;
    const value = filling(match, slots, dice);
    const start = text.length;
    text += value.text;
    if (value.type) spans.push({ start, end: text.length, type: value.type });
  }
  return { text: text + template.slice(last), spans };
}

function filling(match: RegExpMatchArray, slots: Slots, dice: Dice): Value {
  const [whole, name, type, words] = match;
  if (name !== undefined) {
    const draw = Object.hasOwn(slots, name) ? slots[name] : undefined;
    if (!draw) throw new Error(`No slot is called ${name}.`);
    return draw(dice);
  }
  if (!TYPES.includes(type as SpanType)) throw new Error(`${whole} bears a type that does not exist.`);
  return { text: words as string, type: type as SpanType };
}
