/** Whether Shopify signed a message: HMAC-SHA-256 over the raw body, in base64, under the app's client secret. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Every secret is tried, also after one that fits. */
export function isSignedByShopify(body: Buffer, header: unknown, secrets: readonly string[]): boolean {
  const text = typeof header === 'string' ? header : '';
  const given = Buffer.from(text, 'base64');
  const whole = given.length === 32 && given.toString('base64') === text;
  const against = whole ? given : Buffer.alloc(32);
  let fits = false;
  for (const secret of secrets) {
    const right = createHmac('sha256', secret).update(body).digest();
    fits = timingSafeEqual(right, against) || fits;
  }
  return whole && fits;
}
