/**
 * What mail services tell of unsubscribes and complaints: whether it is signed, and whom it names. Pure. The
 * generic shape, and the two that most services send; a bounce is no choice, and is passed over.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

const LATEST_SECONDS = 300;

/**
 * True when `header` (`t=<unix seconds>,v1=<hex HMAC-SHA256 over t.body>`) signs these bytes under the secret,
 * five minutes old at most.
 */
export function isSigned(body: Buffer, header: unknown, secret: Buffer, now: number): boolean {
  const [, time = '', signature = ''] =
    /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(typeof header === 'string' ? header : '') ?? [];
  if (time === '' || Math.abs(now / 1000 - Number(time)) > LATEST_SECONDS) return false;
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}

type Json = Readonly<Record<string, unknown>>;
const STOPS = new Set(['unsubscribe', 'group_unsubscribe', 'spamreport', 'complaint']);

/** The addresses that said no. Unknown shapes name nobody. */
export function addressesIn(body: unknown): string[] {
  if (Array.isArray(body)) return body.flatMap(ofEvent);
  if (!isObject(body)) return [];
  if (Array.isArray(body.events)) return body.events.flatMap(ofEvent);
  return isObject(body.complaint) || typeof body.Message === 'string' ? ofSes(body) : ofEvent(body);
}

/** `{type|event: "unsubscribe", email}`: the generic shape, and SendGrid's. */
function ofEvent(event: unknown): string[] {
  if (!isObject(event) || typeof event.email !== 'string') return [];
  return STOPS.has(String(event.type ?? event.event)) ? [event.email] : [];
}

/** Amazon SES, as it is or wrapped by SNS. */
function ofSes(body: Json): string[] {
  const inner = typeof body.Message === 'string' ? parsed(body.Message) : body;
  if (!isObject(inner)) return [];
  if ((inner.notificationType ?? inner.eventType) !== 'Complaint' || !isObject(inner.complaint)) return [];
  const { complainedRecipients } = inner.complaint;
  if (!Array.isArray(complainedRecipients)) return [];
  return complainedRecipients.flatMap((each: unknown) =>
    isObject(each) && typeof each.emailAddress === 'string' ? [each.emailAddress] : [],
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
