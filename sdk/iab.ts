/**
 * `/sdk/iab.js`: answers IAB's tags (TCF 2.3, GPP 1.1) by what the server's ledger has for this device, with IAB's
 * own libraries. Fetched only by pages that ask for it.
 */
import { CmpDisplayStatus, CmpStatus, CmpApi as Gpp, SignalStatus } from '@iabgpp/cmpapi';
import { CmpApi as Tcf } from '@iabtechlabtcf/cmpapi';
import { TCString } from '@iabtechlabtcf/core';
import type { IabCall, IabName, IabScript, Said } from './iabTags.ts';

const page = window as unknown as Record<IabName, IabCall | undefined>;
/** Id of the US national section; and what GPP writes where no section applies. */
const US_NATIONAL = 7;
const NO_SECTION = -1;

let tcf: Tcf | undefined;
let gpp: Gpp | undefined;
let before = '';

function say(said: Said): void {
  const now = JSON.stringify(said);
  if (now === before) return;
  before = now;
  if (page.__tcfapi) {
    if (said.signals.tcf === undefined) turnAway('__tcfapi');
    else sayTcf(said.signals.tcf, said);
  }
  if (page.__gpp) {
    if (said.signals.gpp === undefined) turnAway('__gpp');
    else sayGpp(said.signals.gpp, said);
  }
}

/** Outside the Union and the United Kingdom TCF does not apply, and says so. */
function sayTcf(text: string, { asking, regimes }: Said): void {
  const { cmpId, cmpVersion } = TCString.decode(text);
  tcf ??= new Tcf(Number(cmpId), Number(cmpVersion), true);
  tcf.update(regimes.some((regime) => /^(EU|UK)-GDPR/.test(regime)) ? text : null, asking);
}

function sayGpp(text: string, { asking, regimes }: Said): void {
  // Version 1.0 had a call for what a ping now holds.
  gpp ??= new Gpp(0, 1, { getGPPData: (callback) => page.__gpp?.('ping', callback) });
  gpp.setSupportedAPIs([`${US_NATIONAL}:usnat`]);
  gpp.setApplicableSections([regimes.some((regime) => regime.startsWith('US-')) ? US_NATIONAL : NO_SECTION]);
  gpp.setGppString(text);
  if (gpp.getCmpStatus() !== CmpStatus.LOADED) gpp.setCmpStatus(CmpStatus.LOADED);
  gpp.setCmpDisplayStatus(asking ? CmpDisplayStatus.VISIBLE : CmpDisplayStatus.HIDDEN);
  gpp.fireSectionChange('usnat');
  gpp.setSignalStatus(asking ? SignalStatus.NOT_READY : SignalStatus.READY);
}

/** The store did not turn it on: whoever waits hears no, and does not wait for ever. */
function turnAway(name: IabName): void {
  const waiting = (page[name]?.() ?? []) as unknown[][];
  const no = (args: unknown[]) => {
    const callback = args.find((one) => typeof one === 'function') as IabCall | undefined;
    callback?.(null, false);
  };
  page[name] = (...args) => (args.length > 0 ? no(args) : []);
  waiting.forEach(no);
}

(document.currentScript as IabScript).connect(say);
