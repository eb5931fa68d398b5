/**
 * What this device may do. A grant counts from the moment that the server has recorded it; a refusal and a
 * withdrawal count at once. What is stored follows from that, and other tabs follow what is stored.
 */
import type { Choices } from './calls.ts';
import { ENTRY, type Kept, keep, recall, uuid } from './memory.ts';
import type { Notice } from './notice.ts';
import type { Wire } from './wire.ts';

const DAY_MS = 864e5;

export interface Consent {
  /** Fetches the notice, and lets go of what it no longer covers. Rejects when there is none. */
  load(): Promise<Notice>;
  /** Whether the visitor has to be asked. */
  due(): boolean;
  allows(purpose: string): boolean;
  /** Acknowledged choices; null before any grant. */
  kept(): Kept | null;
  /** Whether the server knows of all that was chosen here. */
  recorded(): boolean;
  /** Resolves once recorded. Rejects when it could not be; then nothing is granted. */
  choose(choices: Choices, how: 'banner' | 'settings'): Promise<void>;
  /** Choices of the known customer whom this token names. */
  speakFor(token: string | undefined): void;
  readonly gpc: boolean;
}

const grants = (choices: Choices) => Object.values(choices).includes(true);

/** What was granted and still is. */
function narrowed(before: Choices, now: Choices): Choices {
  return Object.fromEntries(
    Object.keys(before).map((purpose) => [purpose, !!before[purpose] && !!now[purpose]]),
  );
}

/** Whether the grants kept here are young enough, and made on this notice or on one that the server still honors. */
async function covers(wire: Wire, { version, grantLastsDays }: Notice, kept: Kept): Promise<boolean> {
  if (kept.at + (grantLastsDays ?? 1e5) * DAY_MS < Date.now()) return false;
  return kept.notice === version || wire.stands(kept.anonymousId);
}

/** `changed` is told of every change of what is allowed, wherever it was made. */
export function makeConsent(wire: Wire, changed: () => void): Consent {
  const gpc = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true;
  let kept = recall();
  let notice: Notice;
  let asked = false;
  let unsaid = false;
  let token: string | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const hold = (next: Kept | null) => {
    kept = next;
    keep(next);
    changed();
  };

  /** Renews what the browser's cache says of asking. Where it cannot, the visitor is asked once more. */
  const renew = (refused: boolean) => wire.notice(refused).catch(() => {});

  const record = async (choices: Choices, how: 'banner' | 'settings') => {
    const { version, language } = notice;
    asked = true;
    const anonymousId = kept?.anonymousId ?? (grants(choices) ? uuid() : undefined);
    unsaid = true;
    // What is taken back stops now, and the entry stays until the server knows; what is new waits for its answer.
    if (kept) hold({ ...kept, choices: narrowed(kept.choices, choices) });
    const granted = grants(choices);
    // A refusal is remembered at once: whoever leaves the page now is not asked again on the next.
    const remembered = granted ? null : renew(true);
    const shown = { version, language };
    const message = { id: uuid(), anonymousId, token, choices, notice: shown, how, signals: { gpc } };
    await wire.choose(message).catch((error) => {
      // The notice has changed meanwhile: the next page asks with the new one.
      if (error === 409) renew(false);
      throw error;
    });
    unsaid = false;
    hold(granted ? { v: 1, notice: version, choices, anonymousId: anonymousId!, at: Date.now() } : null);
    await (remembered ?? renew(false));
  };

  addEventListener('storage', ({ key, newValue }) => {
    // A null key: everything was cleared.
    if (key && key !== ENTRY) return;
    kept = newValue ? recall(newValue) : null;
    asked = true;
    changed();
  });

  return {
    gpc,
    kept: () => kept,
    allows: (purpose) => !!kept?.choices[purpose],
    recorded: () => !unsaid,
    due: () => !kept && !asked,
    speakFor: (next) => {
      token = next;
    },
    async load() {
      notice = await wire.notice();
      asked = !notice.asked;
      if (!kept) return notice;
      // A withdrawal that did not reach the server yet.
      if (!grants(kept.choices)) record(kept.choices, 'settings').catch(() => {});
      else if (!(await covers(wire, notice, kept))) hold(null);
      return notice;
    },
    choose: (choices, how) => {
      const mine = last.then(() => record(choices, how));
      last = mine.catch(() => {});
      return mine;
    },
  };
}
