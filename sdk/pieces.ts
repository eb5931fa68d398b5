/** What banner and panel are made of, and what their buttons mean. */
import type { Choices } from './calls.ts';
import type { Consent } from './consent.ts';
import { element } from './element.ts';
import type { Notice, NoticePurpose } from './notice.ts';

const barred = (one: NoticePurpose, gpc: boolean) => gpc && one.gpc;

/**
 * What accepting all grants: nothing that the browser's signal closes, and what needs a consent of its own only
 * where its own switch within `within` is on.
 */
export function everything({ purposes, separate }: Notice, gpc: boolean, within: HTMLElement): Choices {
  const own = ticked(within);
  return Object.fromEntries(
    purposes.map((one) => {
      const { purpose } = one;
      return [purpose, !barred(one, gpc) && (!separate.includes(purpose) || !!own[purpose])];
    }),
  );
}

export function nothing({ purposes }: Notice): Choices {
  return Object.fromEntries(purposes.map(({ purpose }) => [purpose, false]));
}

export function ticked(within: HTMLElement): Choices {
  const inputs = [...within.querySelectorAll('input')];
  return Object.fromEntries(inputs.map((input) => [input.dataset.consentPurpose, input.checked]));
}

/** A quiet button looks like a link. `data-consent-action` stays the same for robots, whatever the language. */
export function button(action: string, label: string, onclick: () => void, quiet = false): HTMLButtonElement {
  const looks = quiet && 'q';
  return element('button', { type: 'button', class: looks, 'data-consent-action': action, onclick }, label);
}

export function paragraphs(...sentences: (string | false | undefined)[]): HTMLElement[] {
  return sentences.flatMap((one) => (one ? element('p', {}, one) : []));
}

/** Every purpose with a switch. A switch stands where the choice stands, or at what the law takes for granted. */
export function switches({ purposes, separate }: Notice, consent: Consent): HTMLElement {
  const rows = purposes.map((one) => {
    const { purpose, name, description } = one;
    const id = `bailee-${purpose}`;
    const shut = barred(one, consent.gpc);
    const open = consent.kept()
      ? consent.allows(purpose)
      : one.default === 'open' && !separate.includes(purpose);
    return element(
      'li',
      {},
      element(
        'div',
        {},
        element('label', { for: id }, name),
        element('small', { id: `${id}-d` }, description),
      ),
      element('input', {
        id,
        type: 'checkbox',
        role: 'switch',
        'data-consent-purpose': purpose,
        'aria-describedby': `${id}-d`,
        checked: open && !shut,
        disabled: shut,
      }),
    );
  });
  return element('ul', { role: 'list' }, ...rows);
}
