/**
 * What stands, in the languages of advertising: Google Consent Mode v2, IAB TCF 2.3, IAB GPP (US national section).
 * Pure, and only where a store turns it on. Whatever was not granted is said as denied.
 */
import { GppModel } from '@iabgpp/cmpapi';
import { GVL, type Segment, TCModel, TCString, type VendorList } from '@iabtechlabtcf/core';
import type { Purpose } from '../../contract/names.ts';
import type { StandingChoices } from '../law/effective.ts';
import type { TcfSetting } from './settings.ts';

export type ConsentMode = Readonly<Record<string, 'granted' | 'denied'>>;

/** States of Consent Mode v2. What the shop itself needs to work is granted. */
export function consentMode(standing: StandingChoices): ConsentMode {
  const state = (...purposes: Purpose[]) =>
    purposes.every((purpose) => standing[purpose] === 'granted') ? 'granted' : 'denied';
  return {
    ad_storage: state('advertising'),
    ad_user_data: state('advertising', 'partner-sharing'),
    ad_personalization: state('advertising', 'personalization'),
    analytics_storage: state('analytics'),
    functionality_storage: 'granted',
    personalization_storage: state('personalization'),
    security_storage: 'granted',
  };
}

/** Purposes of TCF that each of ours covers. Purpose 1 (storage) goes with any of them. */
const TCF_PURPOSES: Readonly<Partial<Record<Purpose, readonly number[]>>> = {
  advertising: [1, 2, 3, 4, 7],
  analytics: [1, 8, 9, 10],
  personalization: [1, 5, 6, 11],
};

/**
 * A TC string (TCF 2.3: with the vendors that were disclosed). Vendors get a consent only where both advertising and
 * sharing are granted; legitimate interest is never claimed. `at`: UTC milliseconds, kept to the day as TCF asks.
 */
export function tcString(
  { cmpId, cmpVersion, vendorList }: TcfSetting,
  standing: StandingChoices,
  about: { readonly at: number; readonly language: string; readonly country: string },
): string {
  const model = new TCModel(new GVL(vendorList as VendorList));
  const vendors = Object.keys((vendorList as VendorList).vendors).map(Number);
  const granted = Object.entries(TCF_PURPOSES).flatMap(([purpose, numbers]) =>
    standing[purpose as Purpose] === 'granted' ? numbers : [],
  );
  model.cmpId = cmpId;
  model.cmpVersion = cmpVersion;
  model.consentLanguage = about.language.slice(0, 2).toUpperCase();
  model.publisherCountryCode = about.country;
  model.isServiceSpecific = true;
  model.purposeConsents.set([...new Set(granted)]);
  if (standing.advertising === 'granted' && standing['partner-sharing'] === 'granted')
    model.vendorConsents.set(vendors);
  model.vendorsDisclosed.set(vendors);
  model.created = new Date(about.at);
  model.lastUpdated = new Date(about.at);
  const segments = ['core', 'vendorsDisclosed'] as unknown as Segment[];
  return TCString.encode(model, { segments });
}

const [NOT_APPLICABLE, OPTED_OUT, NOT_OPTED_OUT] = [0, 1, 2];
const [YES, NO] = [1, 2];

/** A GPP string with the US national section (id 7). Without a grant it says opted out. */
export function gppString(standing: StandingChoices, gpc: boolean): string {
  const state = (purpose: Purpose) => (standing[purpose] === 'granted' && !gpc ? NOT_OPTED_OUT : OPTED_OUT);
  const fields = {
    SharingNotice: YES,
    SaleOptOutNotice: YES,
    SharingOptOutNotice: YES,
    TargetedAdvertisingOptOutNotice: YES,
    SensitiveDataProcessingOptOutNotice: NOT_APPLICABLE,
    SensitiveDataLimitUseNotice: NOT_APPLICABLE,
    SaleOptOut: state('partner-sharing'),
    SharingOptOut: state('partner-sharing'),
    TargetedAdvertisingOptOut: state('advertising'),
    MspaCoveredTransaction: NO,
    Gpc: gpc,
  };
  const model = new GppModel();
  for (const [name, value] of Object.entries(fields)) model.setFieldValue('usnat', name, value);
  return model.encode();
}
