/** Google Consent Mode v2: all denied before any tag can ask, and what was granted once it is recorded. */
/** Each with the purposes that all have to be granted; what the shop itself needs to work asks for none. */
const SIGNALS: Readonly<Record<string, readonly string[]>> = {
  ad_storage: ['advertising'],
  ad_user_data: ['advertising', 'partner-sharing'],
  ad_personalization: ['advertising', 'personalization'],
  analytics_storage: ['analytics'],
  personalization_storage: ['personalization'],
  functionality_storage: [],
  security_storage: [],
};

/** Google's tags read `arguments` objects from this list, and nothing else. */
function gtag(..._command: unknown[]): void {
  const page = window as { dataLayer?: unknown[] };
  page.dataLayer ??= [];
  // biome-ignore lint/complexity/noArguments: an array is not taken for a command
  page.dataLayer.push(arguments);
}

/** Says the default at once; the function that comes back says what holds now. */
export function makeConsentMode(allows: (purpose: string) => boolean): () => void {
  const states = () =>
    Object.fromEntries(
      Object.entries(SIGNALS).map(([signal, purposes]) => [
        signal,
        purposes.every(allows) ? 'granted' : 'denied',
      ]),
    );
  let said = '';
  const say = (command: string, more?: object) => {
    const now = states();
    const text = JSON.stringify(now);
    if (text !== said) gtag('consent', command, { ...now, ...more });
    said = text;
  };
  say('default', { wait_for_update: 500 });
  return () => say('update');
}
