/** What a key is called where it is shown. */
import type { Key } from '../api/keys.ts';
import { useSay } from '../language.ts';

export function useKeyKind(): (key: Key) => string {
  const say = useSay();
  return ({ kind, role }) =>
    role === null ? say(`apiKeys.kind.${kind}`) : `${say(`apiKeys.kind.${kind}`)} · ${say(`role.${role}`)}`;
}

/** Its label; the first keys of a store have none. */
export function useKeyName(): (key: Key) => string {
  const kindOf = useKeyKind();
  return (key) => (key.label === '' ? kindOf(key) : key.label);
}
