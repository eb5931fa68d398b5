/** What each purpose rests on: its legal basis, the source of law, and the W3C DPV terms for both. */
import type { Purpose } from '../../contract/names.ts';
import type { LegalBasis, Reason } from './types.ts';

export interface PurposeBasis {
  readonly basis: LegalBasis;
  /** The reason shown where a field is revealed. */
  readonly reason: Reason;
  /** W3C DPV IRI of the legal basis. */
  readonly basisIri: string;
  /** W3C DPV IRI of the purpose (the nearest concept). */
  readonly purposeIri: string;
}

const GDPR = 'https://w3id.org/dpv/legal/eu/gdpr#';
const DPV = 'https://w3id.org/dpv#';

const SOURCES: Readonly<Record<LegalBasis, { readonly source: string; readonly iri: string }>> = {
  contract: { source: 'GDPR art. 6(1)(b); PIPL art. 13(1)(2)', iri: `${GDPR}A6-1-b` },
  'legal-obligation': { source: 'GDPR art. 6(1)(c); PIPL art. 13(1)(3)', iri: `${GDPR}A6-1-c` },
  // China knows no legitimate interest; a pack for China tightens this one.
  'legitimate-interest': { source: 'GDPR art. 6(1)(f), recital 47', iri: `${GDPR}A6-1-f` },
  consent: { source: 'GDPR art. 6(1)(a), 7; PIPL art. 13(1)(1)', iri: `${GDPR}A6-1-a` },
};

function rests(basis: LegalBasis, concept: string): PurposeBasis {
  const { source, iri } = SOURCES[basis];
  return Object.freeze({
    basis,
    reason: Object.freeze({ rule: `basis.${basis}`, source }),
    basisIri: iri,
    purposeIri: `${DPV}${concept}`,
  });
}

const BASIS_OF: Readonly<Record<Purpose, PurposeBasis>> = {
  'order-fulfilment': rests('contract', 'FulfilmentOfContractualObligation'),
  'customer-service': rests('contract', 'CustomerCare'),
  'fraud-prevention': rests('legitimate-interest', 'FraudPreventionAndDetection'),
  'legal-duty': rests('legal-obligation', 'LegalCompliance'),
  analytics: rests('consent', 'ServiceUsageAnalytics'),
  personalization: rests('consent', 'Personalisation'),
  'marketing-email': rests('consent', 'DirectMarketing'),
  'marketing-sms': rests('consent', 'DirectMarketing'),
  'marketing-phone': rests('consent', 'DirectMarketing'),
  'marketing-push': rests('consent', 'DirectMarketing'),
  advertising: rests('consent', 'Advertising'),
  'partner-sharing': rests('consent', 'CommercialPurpose'),
  'ai-training': rests('consent', 'ResearchAndDevelopment'),
  research: rests('consent', 'CommercialResearch'),
};

/** By name, without a prototype: a name that is not a purpose finds nothing. */
export const PURPOSE_BASIS: ReadonlyMap<string, PurposeBasis> = new Map(Object.entries(BASIS_OF));

/** True when the purpose is known and stays shut until the customer has granted it. */
export function needsChoice(purpose: string): boolean {
  return PURPOSE_BASIS.get(purpose)?.basis === 'consent';
}
