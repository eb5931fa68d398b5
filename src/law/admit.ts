import type { Purpose } from '../../contract/names.ts';
import type { Question } from './question.ts';
import { BUILT_IN } from './rules.ts';
import type { CustomerFacts } from './types.ts';

/**
 * Which of the purposes of an event or field are open when it arrives. Necessary purposes rest on
 * their own legal basis; optional ones need a granted choice (GDPR art. 6(1)(a)), unless `law` (the rules of
 * the customer's regimes) leaves one open until a refusal. An empty answer means: do not collect. Order follows
 * the question; unknown names and repeats are dropped.
 */
export function admit(
  purposes: readonly Purpose[],
  choices: CustomerFacts['choices'],
  law: Pick<Question, 'rules' | 'balanced'> = {},
): { readonly open: Purpose[] } {
  const rules = law.rules ?? BUILT_IN;
  const open = new Set<Purpose>();
  for (const purpose of purposes) {
    const rule = rules.purposes.get(purpose);
    if (rule === undefined) continue;
    if (rule.balancing && law.balanced?.includes(purpose) !== true) continue;
    const choice = Object.hasOwn(choices, purpose) ? choices[purpose] : undefined;
    const silent = choice === undefined && rule.choice === 'until-refused';
    if (rule.choice === 'none' || choice === 'granted' || silent) open.add(purpose);
  }
  return { open: [...open] };
}
