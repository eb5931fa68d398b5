/**
 * Third parties by purpose. A page writes `<script type="text/plain" data-consent-purpose="advertising"
 * data-src="…">` or an iframe or image with `data-src`; nothing of it is fetched until every purpose it names
 * is granted.
 */
const BLOCKED = 'script[type="text/plain"][data-consent-purpose],[data-consent-purpose][data-src]';

/** Starts what is allowed now. A script cannot be stopped: when its purpose closes, the page is loaded anew. */
export function makeUnblock(allows: (purpose: string) => boolean): () => void {
  const started = new Set<string>();
  return () => {
    if ([...started].some((purposes) => !allAllowed(purposes))) return location.reload();
    for (const element of document.querySelectorAll<HTMLElement>(BLOCKED)) {
      const { consentPurpose = '', src } = element.dataset;
      if (!allAllowed(consentPurpose)) {
        if (element.hasAttribute('src') && element.localName === 'iframe') element.removeAttribute('src');
      } else if (element.localName === 'script') {
        started.add(consentPurpose);
        release(element as HTMLScriptElement);
      } else if (element.getAttribute('src') !== src) element.setAttribute('src', src!);
    }
  };

  function allAllowed(purposes: string): boolean {
    return purposes.split(' ').every(allows);
  }
}

/** A script runs once, when it is inserted with a type that runs: so a copy takes its place. */
function release(blocked: HTMLScriptElement): void {
  const script = document.createElement('script');
  for (const { name, value } of blocked.attributes)
    if (name !== 'type' && name !== 'data-src') script.setAttribute(name, value);
  const { type, src } = blocked.dataset;
  if (type) script.type = type;
  script.nonce = blocked.nonce;
  script.async = blocked.async;
  script.text = blocked.text;
  if (src) script.src = src;
  blocked.replaceWith(script);
}
