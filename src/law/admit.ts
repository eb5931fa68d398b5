import type { Purpose } from '../../contract/names.ts';
import { needsChoice, PURPOSE_BASIS } from './purposes.ts';
import type { CustomerFacts } from './types.ts';

/**
 * Which of the purposes of an event or field are open when it arrives. Necessary purposes rest on
 * their own legal basis; optional ones need a granted choice (GDPR art. 6(1)(a)). An empty answer
 * means: do not collect. Order follows the question; unknown names and repeats are dropped.
 */
export function admit(
  purposes: readonly Purpose[],
  choices: CustomerFacts['choices'],
): { readonly open: Purpose[] } {
  const open = new Set<Purpose>();
  for (const purpose of purposes) {
    if (!PURPOSE_BASIS.has(purpose)) continue;
    const granted = Object.hasOwn(choices, purpose) && choices[purpose] === 'granted';
    if (granted || !needsChoice(purpose)) open.add(purpose);
  }
  return { open: [...open] };
}
