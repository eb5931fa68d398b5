import { GppModel } from '@iabgpp/cmpapi';
import { TCString } from '@iabtechlabtcf/core';
import { describe, expect, it } from 'vitest';
import { consentMode, gppString, tcString } from './iab.ts';

const vendor = (id: number) => ({
  id,
  name: `vendor ${id}`,
  purposes: [1, 2],
  legIntPurposes: [],
  flexiblePurposes: [],
  specialPurposes: [],
  features: [],
  specialFeatures: [],
  policyUrl: 'https://vendor.example',
});
const numbered = Object.fromEntries(
  Array.from({ length: 11 }, (_, at) => [
    at + 1,
    { id: at + 1, name: '', description: '', descriptionLegal: '', illustrations: [] },
  ]),
);
const setting = {
  cmpId: 31,
  cmpVersion: 1,
  vendorList: {
    gvlSpecificationVersion: 3,
    vendorListVersion: 100,
    tcfPolicyVersion: 5,
    lastUpdated: '2026-11-01T00:00:00Z',
    purposes: numbered,
    specialPurposes: {},
    features: {},
    specialFeatures: {},
    stacks: {},
    dataCategories: {},
    vendors: { 1: vendor(1), 7: vendor(7) },
  },
};
const about = { at: Date.UTC(2026, 10, 22), language: 'de', country: 'DE' };
const all = {
  advertising: 'granted',
  'partner-sharing': 'granted',
  analytics: 'granted',
  personalization: 'granted',
} as const;

describe('the signals of advertising', () => {
  it('deny everything that nobody granted', () => {
    const denied = Object.entries(consentMode({})).filter(([, state]) => state === 'denied');
    expect(denied.map(([name]) => name)).toEqual([
      'ad_storage',
      'ad_user_data',
      'ad_personalization',
      'analytics_storage',
      'personalization_storage',
    ]);
    const tc = TCString.decode(tcString(setting, {}, about));
    expect([tc.purposeConsents.size, tc.vendorConsents.size]).toEqual([0, 0]);
    expect(tc.vendorsDisclosed.has(7)).toBe(true);
    expect(new GppModel(gppString({}, false)).getFieldValue('usnat', 'SaleOptOut')).toBe(1);
  });

  it('say what was granted, and claim no legitimate interest', () => {
    expect(Object.values(consentMode(all))).not.toContain('denied');
    const tc = TCString.decode(tcString(setting, all, about));
    expect([...Array(12).keys()].filter((id) => tc.purposeConsents.has(id))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
    expect([tc.vendorConsents.has(1), tc.vendorConsents.has(2), tc.vendorConsents.has(7)]).toEqual([
      true,
      false,
      true,
    ]);
    expect([tc.purposeLegitimateInterests.size, tc.isServiceSpecific, tc.policyVersion]).toEqual([
      0,
      true,
      5,
    ]);
    expect(
      TCString.decode(tcString(setting, { ...all, 'partner-sharing': 'refused' }, about)).vendorConsents.size,
    ).toBe(0);
  });

  it('carry Global Privacy Control as opted out, whatever was granted', () => {
    const gpp = new GppModel(gppString(all, true));
    for (const field of ['SaleOptOut', 'SharingOptOut', 'TargetedAdvertisingOptOut'])
      expect(gpp.getFieldValue('usnat', field)).toBe(1);
    expect(gpp.getFieldValue('usnat', 'Gpc')).toBe(true);
    expect(new GppModel(gppString(all, false)).getFieldValue('usnat', 'SaleOptOut')).toBe(2);
  });
});
