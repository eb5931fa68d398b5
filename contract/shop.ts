/** What the demo shop's pages send to their own backend. */
import { Type } from 'typebox';

const Text = Type.String({ minLength: 1, maxLength: 200 });

export const CheckoutBody = Type.Object(
  {
    name: Text,
    email: Type.String({ minLength: 3, maxLength: 200, pattern: '^[^@\\s]+@[^@\\s]+$' }),
    phone: Type.Optional(Text),
    street: Text,
    postalCode: Text,
    city: Text,
    /** BCP 47; says the currency. */
    language: Text,
    lines: Type.Array(
      Type.Object(
        {
          /** Of a product. */
          id: Text,
          quantity: Type.Integer({ minimum: 1, maximum: 99 }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 100 },
    ),
    /** The device's id, where it was granted one. */
    anonymousId: Type.Optional(Text),
  },
  { additionalProperties: false },
);

export const CheckoutAnswer = Type.Object({ order: Type.String() });
