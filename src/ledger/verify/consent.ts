/** What a receipt of consent (ISO/IEC TS 27560) says in the standard's words must be what its entry says. */

/** Members of a receipt of consent, beside those of every receipt. */
export const CONSENT_MEMBERS = [
  'schema_version',
  'record_id',
  'pii_principal_id',
  'jurisdiction',
  'pii_processing',
  'parties',
  'events',
] as const;

type Json = Readonly<Record<string, unknown>>;

/** Throws an `Error` with a sentence where they differ. */
export function needAgreement(receipt: Json, entry: Json): void {
  if (receipt.pii_principal_id !== (entry.customer ?? 'unknown'))
    throw new Error('The receipt names somebody else than its entry.');
  const events = list(receipt.events);
  const at = Number.isSafeInteger(entry.at) ? new Date(entry.at as number).toISOString() : null;
  if (events.length === 0 || events.some((event) => event.event_time !== at))
    throw new Error('The receipt and its entry name different times.');
  const said = new Set(events.map((event) => line(event.purpose, event.channel, event.event_state)));
  const kept = new Set(lines(entry));
  if (said.size !== kept.size || [...kept].some((each) => !said.has(each)))
    throw new Error('The receipt and its entry say different choices.');
  const notice = (receipt.pii_processing as Json | undefined)?.privacy_notice;
  if (JSON.stringify(sorted(notice)) !== JSON.stringify(sorted(entry.notice)))
    throw new Error('The receipt and its entry name different notices.');
}

/** Every choice of an entry, as one text each. */
function lines(entry: Json): string[] {
  const withdrawn = Array.isArray(entry.withdraws) ? entry.withdraws : [];
  const stateOf = (purpose: string, state: unknown) =>
    state === 'granted' ? 'given' : withdrawn.includes(purpose) ? 'withdrawn' : 'refused';
  const whole = Object.entries((entry.choices ?? {}) as Json).map(([purpose, state]) =>
    line(purpose, undefined, stateOf(purpose, state)),
  );
  const byChannel = Object.entries((entry.channels ?? {}) as Readonly<Record<string, Json>>).flatMap(
    ([purpose, channels]) =>
      Object.entries(channels).map(([channel, state]) => line(purpose, channel, stateOf(purpose, state))),
  );
  return [...whole, ...byChannel];
}

function line(purpose: unknown, channel: unknown, state: unknown): string {
  return JSON.stringify([purpose, channel ?? null, state]);
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

function sorted(value: unknown): unknown {
  return Object.entries((value ?? {}) as Json).sort(([a], [b]) => (a < b ? -1 : 1));
}
