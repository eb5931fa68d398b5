/** Puts the parts together: one object with the calls of analytics.js and what consent needs beside them. */
import { makeAsk } from './ask.ts';
import type { Bailee, Listener } from './calls.ts';
import { makeConsent } from './consent.ts';
import { makeConsentMode } from './consentMode.ts';
import { makeIab, standIn } from './iabTags.ts';
import type { Options } from './options.ts';
import { makeQueue } from './queue.ts';
import { makeTracker } from './tracker.ts';
import { makeUnblock } from './unblock.ts';
import { makeWire } from './wire.ts';

/** Starts at once. Nothing is stored and nothing is sent but the question for the notice, until someone chooses. */
export function start(options: Options): Bailee {
  const listeners: [string, Listener][] = [];
  const tell = (name: string, ...args: unknown[]) => {
    for (const [heard, listener] of listeners) if (heard === name) listener(...(args as never[]));
  };
  const wire = makeWire(options);
  const consent = makeConsent(wire, () => apply());
  const queue = makeQueue(wire, consent);
  const tracker = makeTracker(queue, consent, tell);
  const unblock = makeUnblock(consent.allows);
  const consentMode = options.consentMode ? makeConsentMode(consent.allows) : () => {};
  if (options.iab) standIn(options.iab);
  let tags = () => {};
  let refresh = () => {};
  let openSettings = () => {};

  function apply(): void {
    consentMode();
    unblock();
    refresh();
    tags();
    queue.flush();
    tell('choice', consent.kept()?.choices ?? {});
  }

  const parsed = new Promise<unknown>((resolve) => {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', resolve);
    else resolve(0);
  });
  // Without a notice nobody can be asked: all stays shut.
  const begun = Promise.all([consent.load(), parsed]).then(([notice]) => {
    if (options.iab) tags = makeIab(options, wire, consent, notice);
    ({ refresh, open: openSettings } = makeAsk(options, consent, notice));
    apply();
  });
  begun.catch(() => {});

  return {
    ...tracker,
    ready: (callback) => {
      begun.then(callback, () => {});
    },
    on: (name, listener) => {
      listeners.push([name, listener]);
    },
    off: (name, listener) => {
      const at = listeners.findIndex(([heard, one]) => heard === name && one === listener);
      if (at >= 0) listeners.splice(at, 1);
    },
    allows: consent.allows,
    choose: (choices) => begun.then(() => consent.choose(choices, 'settings')),
    openSettings: () => openSettings(),
    anonymousId: () => consent.kept()?.anonymousId ?? null,
    customer: consent.speakFor,
  };
}
