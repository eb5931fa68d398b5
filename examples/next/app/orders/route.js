import { bailee } from '../../bailee.js';

/** `POST /orders {userId, orderId, total, currency}` */
export async function POST(request) {
  const { userId, orderId, total, currency } = await request.json();
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
  return Response.json({ orderId }, { status: 201 });
}
