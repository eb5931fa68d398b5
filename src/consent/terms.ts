/**
 * On which terms a visitor of a region is asked: by which laws, in which form, and when again. Pure. The rows
 * here are built in, and the packs in force add theirs; where several apply, each topic takes the stricter.
 */
import { createHash } from 'node:crypto';
import { GPC_PURPOSES } from '../../contract/consent.ts';
import type { Purpose } from '../../contract/names.ts';

export type ConsentModel = 'opt-in' | 'opt-out' | 'notice-only';

export interface Terms {
  /** As it was asked, in capitals: DE, US-CA; empty when unknown. */
  readonly region: string;
  readonly regimes: readonly string[];
  /** What the law asks for; a store that asks everybody first is stricter, and that is what Bailee does. */
  readonly model: ConsentModel;
  readonly form: 'layered' | 'list';
  /** Purposes that need a consent of their own. */
  readonly separate: readonly Purpose[];
  readonly askAgainAfterDays: number;
  /** Null: until withdrawn. */
  readonly grantLastsDays: number | null;
  readonly gpc: readonly Purpose[];
  /** Where each of this is written. */
  readonly citations: readonly string[];
  /** SHA-256 (hex) of all above. */
  readonly fingerprint: string;
}

/** What one regime says of a notice; what it does not say is absent. */
export interface TermsRow {
  readonly regime: string;
  /** Null: it says nothing of it. */
  readonly model: ConsentModel | null;
  readonly list?: boolean;
  readonly separate?: readonly Purpose[];
  readonly askAgainAfterDays?: number;
  readonly grantLastsDays?: number;
  readonly citation: string;
}

/** No six months have more days. */
const SIX_MONTHS = 184;
const YEAR = 366;
const TWO_YEARS = 730;

const EU = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO'.split(
  ' ',
);
/** Parts of the Union with codes of their own (TFEU art. 349, 355(1)). */
const OUTERMOST = 'GP MQ GF RE YT MF AX'.split(' ');
/** States whose law lets a resident opt out of sale and targeted advertising. */
const US_STATES = 'CA CO CT DE IA IN KY MD MN MT NE NH NJ OR RI TN TX UT VA'.split(' ');

const GDPR: TermsRow = {
  regime: 'EU-GDPR',
  model: 'opt-in',
  askAgainAfterDays: SIX_MONTHS,
  citation: 'GDPR art. 6(1)(a), 7; Directive 2002/58/EC art. 5(3); Garante 10 June 2021 no. 231 § 6.2',
};

const NATIONAL: Readonly<Record<string, readonly TermsRow[]>> = {
  FR: [
    {
      regime: 'FR-CNIL',
      model: 'opt-in',
      askAgainAfterDays: SIX_MONTHS,
      grantLastsDays: SIX_MONTHS,
      citation: 'CNIL 2020-092 § 38-39',
    },
  ],
  ES: [
    { regime: 'ES', model: 'opt-in', grantLastsDays: TWO_YEARS, citation: 'AEPD, Guía sobre cookies 2023' },
  ],
  GB: [
    {
      regime: 'UK-GDPR-DPA-PECR',
      model: 'opt-in',
      askAgainAfterDays: SIX_MONTHS,
      citation: 'UK GDPR art. 7; PECR reg. 6',
    },
  ],
  CH: [
    {
      regime: 'CH-FADP',
      model: 'opt-out',
      askAgainAfterDays: SIX_MONTHS,
      citation: 'FADP art. 6; TCA art. 45c(b)',
    },
  ],
  CN: [
    {
      regime: 'CN-PIPL',
      model: 'opt-in',
      list: true,
      separate: ['advertising', 'partner-sharing'],
      askAgainAfterDays: YEAR,
      citation: 'PIPL art. 13, 14, 23, 24; Network Data Security Management Regulations art. 21, 22(5)',
    },
  ],
  BR: [{ regime: 'BR-LGPD', model: 'opt-in', citation: 'LGPD art. 7(I), 8; ANPD, Guia de cookies 2022' }],
  'CA-QC': [{ regime: 'CA-QC-LAW25', model: 'opt-in', citation: 'P-39.1 s. 8.1, 14' }],
  CA: [{ regime: 'CA-PIPEDA', model: 'opt-in', citation: 'PIPEDA sch. 1, 4.3; CASL s. 6' }],
  JP: [{ regime: 'JP-APPI', model: 'notice-only', citation: 'APPI art. 31; TBA art. 27-12' }],
  KR: [
    {
      regime: 'KR-PIPA',
      model: 'opt-in',
      separate: ['advertising'],
      grantLastsDays: TWO_YEARS,
      citation: 'PIPA art. 15, 22; Network Act art. 50(8)',
    },
  ],
  SG: [{ regime: 'SG-PDPA', model: 'opt-in', citation: 'PDPA s. 13, 14' }],
  IN: [{ regime: 'IN-DPDP', model: 'opt-in', citation: 'DPDP Act s. 6' }],
  AU: [{ regime: 'AU-PRIVACY', model: 'opt-out', citation: 'APP 1, 5, 6, 7' }],
};

const US_OPT_OUT: TermsRow = {
  regime: 'US-STATES',
  model: 'opt-out',
  askAgainAfterDays: YEAR,
  citation: 'Cal. Civ. Code 1798.120, 1798.135(c)(4); 11 CCR 7025 and the laws like it',
};
const US_REST: TermsRow = { regime: 'US-FEDERAL', model: 'notice-only', citation: 'FTC Act s. 5' };
/** Nothing known of the law there: as strict as the strictest that is. */
const NONE: TermsRow = { regime: 'NONE', model: 'opt-in', citation: 'no regime known; asked first' };

const LEAST_ASK_AGAIN_DAYS = SIX_MONTHS;
const STRICTEST_FIRST: readonly ConsentModel[] = ['opt-in', 'opt-out', 'notice-only'];

/** The strictest of some; opt-in where there is none. */
export function strictest(models: readonly (ConsentModel | null)[]): ConsentModel {
  return STRICTEST_FIRST.find((model) => models.includes(model)) ?? 'opt-in';
}

function rowsOf(region: string): readonly TermsRow[] {
  const [country = ''] = region.split('-');
  const own = NATIONAL[region] ?? NATIONAL[country] ?? [];
  if (EU.includes(country)) return [GDPR, ...own];
  if (OUTERMOST.includes(country)) return [GDPR, ...NATIONAL.FR!];
  if (country === 'US') {
    const state = region.slice(3);
    // Somewhere in the States: whoever may be in California is treated so.
    if (state === '' || US_STATES.includes(state)) return [US_OPT_OUT, US_REST];
    return [US_REST];
  }
  return own.length > 0 ? own : [NONE];
}

/**
 * @param region ISO 3166-1 or 3166-2 of the visitor, any case; null when unknown: then the laws of the store's
 * own country and of the Union together, the stricter for each topic
 * @param storeCountry ISO 3166-1 of the store; null when unknown
 * @param ofLaw what the packs in force say there; empty: the built-in rows alone hold
 */
export function termsFor(
  region: string | null,
  storeCountry: string | null,
  ofLaw: readonly TermsRow[] = [],
): Terms {
  const asked = (region ?? '').toUpperCase();
  const builtIn =
    asked === ''
      ? [GDPR, ...(storeCountry === null ? [] : rowsOf(storeCountry.toUpperCase()))]
      : rowsOf(asked);
  // No regime known to the rows here is no word against what the packs know.
  const rows = [...builtIn.filter((row) => row !== NONE || ofLaw.length === 0), ...ofLaw];
  const lasting = rows.flatMap((row) => row.grantLastsDays ?? []);
  const terms = {
    region: asked,
    regimes: [...new Set(rows.map((row) => row.regime))],
    model: strictest(rows.map((row) => row.model)),
    form: rows.some((row) => row.list) ? ('list' as const) : ('layered' as const),
    separate: [...new Set(rows.flatMap((row) => row.separate ?? []))],
    askAgainAfterDays: Math.max(LEAST_ASK_AGAIN_DAYS, ...rows.flatMap((row) => row.askAgainAfterDays ?? [])),
    grantLastsDays: lasting.length === 0 ? null : Math.min(...lasting),
    gpc: GPC_PURPOSES,
    citations: [...new Set(rows.map((row) => row.citation))],
  };
  return { ...terms, fingerprint: createHash('sha256').update(JSON.stringify(terms)).digest('hex') };
}

const DAY_MS = 86_400_000;

/** When somebody who refused last at `refusedAt` (UTC milliseconds) may be asked again. */
export function askAgainAt(terms: Pick<Terms, 'askAgainAfterDays'>, refusedAt: number): number {
  return refusedAt + terms.askAgainAfterDays * DAY_MS;
}
