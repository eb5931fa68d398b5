/**
 * What IAB's tags call (TCF 2.3, GPP 1.1), where a page asks for it: a queue that stands before any tag can ask, for
 * tags in frames too. What answers is a part of its own, `/sdk/iab.js`, fetched once the notice is here.
 */
import type { SignalsAnswer } from '../contract/consent.ts';
import type { Consent } from './consent.ts';
import { element } from './element.ts';
import type { Notice } from './notice.ts';
import type { Options } from './options.ts';
import type { Wire } from './wire.ts';

export interface Said {
  readonly signals: SignalsAnswer;
  /** The banner is open. */
  readonly asking: boolean;
  readonly regimes: Notice['regimes'];
}

/** The element that fetches the other part; that part calls `connect` when it runs. */
export interface IabScript extends HTMLScriptElement {
  connect: (say: (said: Said) => void) => void;
}

export type IabCall = (...args: unknown[]) => unknown;
export type IabName = '__tcfapi' | '__gpp';

const NAMES: Readonly<Record<string, IabName>> = { tcf: '__tcfapi', gpp: '__gpp' };
const PING = {
  cmpLoaded: false,
  cmpStatus: 'stub',
  apiVersion: '2',
  gppVersion: '1.1',
  signalStatus: 'not ready',
};

/** `wanted`: `tcf`, `gpp` or both, with a space between. */
export function standIn(wanted: string): void {
  for (const each of wanted.split(' ')) if (NAMES[each]) queueFor(NAMES[each]);
}

function queueFor(name: IabName): void {
  const page = window as unknown as Record<string, IabCall>;
  // Another tool that speaks for this page was here first.
  if (page[name]) return;
  const waiting: unknown[][] = [];
  page[name] = (...args) => {
    if (args[0] === 'ping') (args.find((one) => typeof one === 'function') as IabCall)?.(PING, true);
    else if (args[0]) waiting.push(args);
    return args[0] ? undefined : waiting;
  };
  document.documentElement.append(element('iframe', { name: `${name}Locator`, hidden: true }));
  addEventListener('message', ({ data, source }) => {
    const text = typeof data === 'string';
    const { command, version, parameter, callId } = (text ? parsed(data) : data)?.[`${name}Call`] ?? {};
    if (!command) return;
    const answer = (returnValue: unknown, success: boolean) => {
      const message = { [`${name}Return`]: { returnValue, success, callId } };
      (source as Window).postMessage(text ? JSON.stringify(message) : message, '*');
    };
    if (name === '__gpp') page[name]!(command, answer, parameter, version);
    else page[name]!(command, version, answer, parameter);
  });
}

/** Frames send all kinds of text. */
function parsed(text: string) {
  try {
    return JSON.parse(text);
  } catch {}
}

/** Fetches what answers; the function that comes back has it say what holds now. */
export function makeIab({ host }: Options, wire: Wire, consent: Consent, { regimes }: Notice): () => void {
  const script = element('script', { src: `${host}/sdk/iab.js` }) as IabScript;
  const connected = new Promise<(said: Said) => void>((resolve) => {
    script.connect = resolve;
  });
  let asked = 0;
  document.head.append(script);
  return () => {
    const mine = ++asked;
    Promise.all([connected, wire.signals(consent.recorded() ? consent.kept()?.anonymousId : undefined)])
      // What was asked later knows better.
      .then(([say, signals]) => mine === asked && say({ signals, asking: consent.due(), regimes }))
      .catch(() => {});
  };
}
