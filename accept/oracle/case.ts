/** A question as it goes to decide(), in plain data, and the settings in which questions are asked. */
import type { Setting } from './policy.ts';

export interface OracleField {
  readonly name: string;
  readonly class: string;
  readonly sensitivity: string;
  readonly purposes: readonly string[];
  readonly retention: string;
  readonly maskable: boolean;
}

export interface OracleQuestion {
  readonly role: string;
  readonly purpose: string;
  readonly evidence: { readonly kind: string; readonly holds: boolean } | null;
  readonly customer: {
    /** `perhaps` stands for what is not understood. */
    readonly choices: Readonly<Record<string, 'granted' | 'refused' | 'perhaps'>>;
    readonly restricted: boolean;
    readonly retained: readonly string[];
    readonly erased: boolean;
    readonly age: number | null;
    readonly childSignal: boolean;
    readonly chosenBy: Readonly<Record<string, 'self' | 'parent' | 'both' | 'stranger'>>;
    readonly stale: readonly string[];
    readonly objections: Readonly<Record<string, 'pending' | 'overridden'>>;
    readonly sale: { readonly optOutAtCollection: boolean } | null;
    readonly optOutSignal: boolean;
    readonly collectedUnder: Readonly<Record<string, readonly string[]>>;
    readonly held: readonly string[];
  };
  readonly fields: readonly OracleField[];
  readonly policy: { readonly hash: string; readonly rules: readonly { readonly id: string }[] };
  readonly balanced: readonly string[];
  readonly message: { readonly similarProducts: boolean; readonly optOutIncluded: boolean } | null;
  readonly destination: {
    readonly country: string | null;
    readonly route: string | null;
    readonly separateConsent: boolean;
  } | null;
  /** Absent where no person asks. */
  readonly caller?: {
    readonly trained: boolean;
    readonly strength: string;
    readonly relation: string | null;
    readonly reveal: boolean;
    readonly approved: readonly string[];
  };
}

export interface OracleCase {
  /** Index into `SETTINGS`. */
  readonly setting: number;
  readonly question: OracleQuestion;
}

const TODAY = '2026-11-22';
const USED = [
  'analytics',
  'personalization',
  'marketing-email',
  'marketing-sms',
  'marketing-phone',
  'marketing-push',
  'advertising',
  'partner-sharing',
  'ai-training',
];

/** `customer store`, then `+` where the store uses all that the law leaves open, and another day. */
const PLACES = [
  'DE DE +',
  'CN CN',
  'US-CA US +',
  'BR BR +',
  'DE DE',
  'FR FR +',
  'FR FR + 2026-08-01',
  'FR CN +',
  'IE US +',
  'DK DE + 2023-06-01',
  'GB GB +',
  'GB DE + 2025-12-01',
  'CH CH +',
  'CN DE +',
  'CA CA +',
  'CA-QC CA +',
  'IN IN +',
  'JP JP +',
  'KR KR +',
  'SG SG +',
  'AU AU +',
  'VN VN +',
  'TH SG +',
  'HK CN +',
  'ZA GB +',
  'US-CO US +',
  'US-CT US + 2026-06-01',
  'US-CT US +',
  'US-MD US +',
  'US-MT US +',
  'US-NJ US +',
  'US-OR US +',
  'US-OK US + 2027-02-01',
  'US-NV US +',
  'US US +',
  'RE FR +',
  '? DE +',
  '? ? +',
  'HU HU +',
  'NO NO',
  'US-CA US',
  'GB GB',
  'CA-ON US +',
];

export const SETTINGS: readonly Setting[] = PLACES.map((text) => {
  const [customer, store, uses, on] = text.split(' ');
  const known = (place: string) => (place === '?' ? null : place);
  return {
    customer: known(customer!),
    store: known(store!),
    on: on ?? TODAY,
    optOut: uses === '+' ? USED : [],
    softOptIn: uses === '+',
  };
});
