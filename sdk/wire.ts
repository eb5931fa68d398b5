/** All that travels. Bodies go as plain text with the key inside, so that no request needs a preflight. */
import type { SignalsAnswer } from '../contract/consent.ts';
import type { Choices } from './calls.ts';
import type { Notice } from './notice.ts';
import type { Options } from './options.ts';

/** How long each further try waits; then the choice is given up for this page. */
const RETRY_AFTER_MS = [1e3, 4e3, 15e3];

export interface ChoiceMessage {
  /** UUID; sending the same twice records it once. */
  readonly id: string;
  /** Absent when all is refused by a device that has no id. */
  readonly anonymousId?: string | undefined;
  /** Says which known customer chooses; signed by the shop. */
  readonly token?: string | undefined;
  readonly choices: Choices;
  readonly notice: { readonly version: number; readonly language: string };
  readonly how: 'banner' | 'settings';
  readonly signals: { readonly gpc: boolean };
}

export interface Wire {
  /**
   * The notice, in the visitor's language. With `refused`, what the browser's cache keeps is renewed: true
   * leaves there that nobody need be asked, the same bytes for everyone. Rejects when there is none.
   */
  notice(refused?: boolean): Promise<Notice>;
  /** Resolves with the index in the ledger once the choice is recorded. Rejects when the server refuses it or is gone. */
  choose(message: ChoiceMessage): Promise<number | undefined>;
  /** Whether a grant of this device still stands. */
  stands(anonymousId: string): Promise<boolean>;
  /** What stands, in the languages of advertising; without a device: that nothing was granted. */
  signals(anonymousId: string | undefined): Promise<SignalsAnswer>;
  /** Resolves once the server has the events. */
  send(events: readonly unknown[], leaving: boolean): Promise<void>;
}

export function makeWire({ writeKey, host, language, region }: Options): Wire {
  const v1 = `${host}/v1/`;
  const answered = async (path: string, init: RequestInit): Promise<Response> => {
    const answer = await fetch(v1 + path, { credentials: 'omit', ...init });
    if (!answer.ok) throw answer.status;
    return answer;
  };

  const post = (path: string, body: object) =>
    answered(path, { method: 'POST', keepalive: true, body: JSON.stringify({ ...body, writeKey }) });

  /** What the server refuses (4xx) stays refused; what did not reach it is tried again. */
  const insist = async (path: string, body: object, tries = 0): Promise<Response> => {
    try {
      return await post(path, body);
    } catch (error) {
      const wait = RETRY_AFTER_MS[tries];
      if (wait === undefined || (typeof error === 'number' && error < 500 && error !== 429)) throw error;
      await new Promise((wake) => setTimeout(wake, wait));
      return insist(path, body, tries + 1);
    }
  };

  // The language travels as a header: so one cached refusal serves a page in all its languages.
  const notice = async (refused?: boolean): Promise<Notice> => {
    const lang = language || document.documentElement.lang || navigator.language;
    const query = new URLSearchParams({ writeKey, ...(region && { region }) });
    const found: Notice = await (
      await answered(`consent/notice?${query}`, {
        headers: { 'accept-language': lang, ...(refused && { 'x-consent': 'refused' }) },
        ...(refused !== undefined && { cache: 'reload', keepalive: true }),
      })
    ).json();
    const foreign = !lang.startsWith(found.language.slice(0, 2));
    return refused === undefined && !found.asked && foreign ? notice(true) : found;
  };

  return {
    notice,
    choose: async (message) => (await (await insist('consent/choices', message)).json()).ledgerIndex,
    stands: async (anonymousId) => {
      const headers = { 'x-write-key': writeKey, 'x-anonymous-id': anonymousId };
      const { choices } = await (await answered('consent/choices', { headers })).json();
      return Object.values(choices as object).includes('granted');
    },
    signals: async (anonymousId) => {
      const headers = { 'x-write-key': writeKey, ...(anonymousId && { 'x-anonymous-id': anonymousId }) };
      return (await answered('consent/signals', { headers })).json();
    },
    send: async (events, leaving) => {
      const body = { batch: events, sentAt: new Date() };
      // While a page goes away, only this is sure to leave.
      if (leaving && navigator.sendBeacon(`${v1}batch`, JSON.stringify({ ...body, writeKey }))) return;
      await post('batch', body);
    },
  };
}
