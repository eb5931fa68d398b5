import { bailee } from '../bailee.js';

export const dynamic = 'force-dynamic';

/** `/?customer=<id>`: personal offers only for who agreed. */
export default async function Page({ searchParams }) {
  const { customer } = await searchParams;
  const [answer] =
    typeof customer === 'string'
      ? await bailee.decide({ customers: [customer], purpose: 'personalization' })
      : [];
  return <h1>{answer?.allowed === true ? 'Offers for you' : 'Offers for all'}</h1>;
}
