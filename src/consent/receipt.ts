/** The receipt of a choice, in the words of ISO/IEC TS 27560, signed together with the ledger's proof. */
import type { Catalog } from '../catalog/types.ts';
import { PURPOSE_BASIS } from '../law/purposes.ts';
import type { ChoiceState } from '../law/types.ts';
import type { CanonicalEntry } from '../ledger/leaf.ts';
import { makeReceipt, type Receipt } from '../ledger/receipt.ts';
import type { Ctx } from '../platform/ports.ts';
import type { Recorded } from '../vault/record.ts';
import { readParty } from './sql.ts';

const STATES = {
  given: 'https://w3id.org/dpv#ConsentGiven',
  refused: 'https://w3id.org/dpv#ConsentRefused',
  withdrawn: 'https://w3id.org/dpv#ConsentWithdrawn',
} as const;

const TYPES: Readonly<Record<string, string>> = { chosen: 'explicit', signal: 'signal' };
const WITHDRAWAL = 'the same page, or POST /v1/consent/choices';

interface Said {
  readonly purpose: string;
  readonly channel?: string;
  readonly state: ChoiceState;
}

/** The entry of a choice or of a refusal, as `recordChoices` and `refuseUnknown` wrote it. */
interface ChoiceEntry {
  readonly kind: string;
  readonly at: number;
  readonly store: string;
  readonly customer?: string;
  readonly how: string;
  readonly choices: Readonly<Record<string, ChoiceState>>;
  readonly channels?: Readonly<Record<string, Readonly<Record<string, ChoiceState>>>>;
  readonly notice?: CanonicalEntry;
  readonly regimes?: readonly string[];
  readonly recipient?: string;
  readonly withdraws?: readonly string[];
  readonly guardian?: CanonicalEntry;
  readonly place?: string;
  readonly expiresAt?: number;
}

/** A signed receipt for an entry of a choice that is committed and has its place in the ledger. */
export async function consentReceipt(
  ctx: Ctx & { readonly catalog: Catalog },
  recorded: Pick<Recorded, 'id' | 'entry' | 'salt'> & { readonly index: number },
): Promise<Receipt> {
  const entry = recorded.entry as unknown as ChoiceEntry;
  const party = await readParty(ctx.db, entry.store);
  const said = saidIn(entry);
  const members: CanonicalEntry = {
    schema_version: 'ISO/IEC TS 27560:2023',
    record_id: recorded.id,
    pii_principal_id: entry.customer ?? 'unknown',
    jurisdiction: entry.regimes ?? [],
    pii_processing: {
      ...(entry.notice === undefined ? {} : { privacy_notice: entry.notice }),
      purposes: [...new Set(said.map((each) => each.purpose))].map((name) =>
        purposeOf(ctx.catalog, entry, name),
      ),
    },
    parties: [
      {
        party_id: entry.store,
        party_role: 'pii_controller',
        party_name: party.name,
        ...(party.country === null ? {} : { party_country: party.country }),
      },
    ],
    events: said.map((each) => eventOf(entry, each)),
  };
  const { index, salt } = recorded;
  const shape = { type: 'bailee-consent-receipt/v1' as const, members };
  return makeReceipt(ctx, ctx.db, { index, entry: recorded.entry, salt, kind: entry.kind, shape });
}

function saidIn({ choices, channels = {} }: ChoiceEntry): Said[] {
  return [
    ...Object.entries(choices).map(([purpose, state]) => ({ purpose, state })),
    ...Object.entries(channels).flatMap(([purpose, each]) =>
      Object.entries(each).map(([channel, state]) => ({ purpose, channel, state })),
    ),
  ];
}

function purposeOf({ fields, events }: Catalog, entry: ChoiceEntry, name: string): CanonicalEntry {
  const basis = PURPOSE_BASIS.get(name)!;
  const uses = [...fields, ...events].filter((each) => (each.purposes as readonly string[]).includes(name));
  return {
    purpose: name,
    purpose_iri: basis.purposeIri,
    lawful_basis: basis.basis,
    lawful_basis_iri: basis.basisIri,
    pii_categories: [...new Set(uses.map((each) => each.class))].sort(),
    ...(entry.recipient === undefined ? {} : { recipient: entry.recipient }),
    withdrawal_method: WITHDRAWAL,
    ...(entry.expiresAt === undefined ? {} : { valid_until: new Date(entry.expiresAt).toISOString() }),
  };
}

function eventOf(entry: ChoiceEntry, { purpose, channel, state }: Said): CanonicalEntry {
  const withdrawn = entry.withdraws?.includes(purpose) ? 'withdrawn' : 'refused';
  const became = state === 'granted' ? 'given' : withdrawn;
  return {
    event_time: new Date(entry.at).toISOString(),
    event_type: TYPES[entry.how] ?? 'asserted',
    event_state: became,
    event_state_iri: STATES[became],
    purpose,
    ...(channel === undefined ? {} : { channel }),
    method: entry.place ?? 'not told',
    entity: entry.guardian === undefined ? 'pii_principal' : 'guardian',
  };
}
