/** What of an answer the gate said it released; the rest must hold no value of a customer. */

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The answer without what it says is revealed, as text. An answer that is no JSON comes back whole. */
export function unreleased(text: string): string {
  try {
    return JSON.stringify(rest(JSON.parse(text) as Json));
  } catch {
    return text;
  }
}

function rest(value: Json): Json {
  if (Array.isArray(value)) return value.map(rest);
  if (value === null || typeof value !== 'object') return value;
  const object = value as { readonly [name: string]: Json };
  if (object.state === 'revealed') return {};
  if (isItem(object)) return { ...object, value: hidden(object) };
  return Object.fromEntries(Object.entries(object).map(([name, each]) => [name, rest(each)]));
}

/** One of a timeline: its value is released but for the free texts that it names. */
function isItem(object: { readonly [name: string]: Json }): boolean {
  return 'kind' in object && 'at' in object && 'value' in object;
}

function hidden({ value, texts }: { readonly [name: string]: Json }): Json {
  if (texts === undefined || texts === null || typeof texts !== 'object') return null;
  return Object.keys(texts).map((path) =>
    at(
      value!,
      path.split('/').filter((part) => part !== ''),
    ),
  );
}

function at(value: Json, path: readonly string[]): Json {
  const [name, ...more] = path;
  if (name === undefined) return value;
  const inside =
    value !== null && typeof value === 'object' ? (value as { [name: string]: Json })[name] : undefined;
  // A path that leads nowhere is not trusted: all of it is looked at.
  return inside === undefined ? value : at(inside, more);
}
