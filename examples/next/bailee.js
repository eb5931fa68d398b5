import { makeClient } from 'bailee/client';

/** On the server alone: a page never sees these keys. */
export const bailee = makeClient({
  url: process.env.BAILEE_URL ?? 'http://127.0.0.1:4000',
  writeKey: process.env.BAILEE_WRITE_KEY,
  apiKey: process.env.BAILEE_API_KEY,
});
