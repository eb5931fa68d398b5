/** The token by which the shop vouches for whoever comes from it: in the fragment, which no server sees. */
let token: string | null = null;

/** Takes it out of the address at once, so that it is neither kept in the history nor passed on. False: there is none. */
export function takeHandOver(): boolean {
  const found = new URLSearchParams(location.hash.slice(1)).get('token');
  if (found === null) return false;
  token = found;
  history.replaceState(null, '', location.pathname + location.search);
  return true;
}

/** What was handed over, once; null: nothing was. */
export function handedOver(): string | null {
  const taken = token;
  token = null;
  return taken;
}
