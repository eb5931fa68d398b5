/** A shop's backend with Express: it tells Bailee of orders, and asks before it personalizes. */
import { BaileeError, makeClient } from 'bailee/client';
import express from 'express';

const { BAILEE_URL, BAILEE_WRITE_KEY, BAILEE_API_KEY, PORT = '3000' } = process.env;
const bailee = makeClient({
  url: BAILEE_URL ?? 'http://127.0.0.1:4000',
  writeKey: BAILEE_WRITE_KEY,
  apiKey: BAILEE_API_KEY,
});
const app = express();
app.use(express.json());

app.post('/orders', async (request, response) => {
  const { userId, orderId, total, currency } = request.body;
  await bailee.collect([
    {
      type: 'track',
      event: 'Order Completed',
      userId,
      properties: { order_id: orderId, total, currency, products: [] },
      // The same order, sent again, is stored once.
      messageId: `order-${orderId}`,
    },
  ]);
  response.status(201).json({ orderId });
});

/** Personal offers only for who agreed; everyone else sees what all see. */
app.get('/offers/:customer', async (request, response) => {
  const [answer] = await bailee.decide({ customers: [request.params.customer], purpose: 'personalization' });
  response.json({ offers: answer?.allowed === true ? 'for you' : 'for all' });
});

app.use((error, _request, response, _next) => {
  const known = error instanceof BaileeError;
  response.status(known && error.status === 404 ? 404 : 502).json({ error: known ? error.code : 'failed' });
});

const server = app.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
