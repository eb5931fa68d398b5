/** The rules that made something so, in words, with their sources small. */
import { useSay, useSayName } from '../language.ts';

export interface Rule {
  readonly rule: string;
  readonly source: string;
}

/** `ceiling.support.contact.ordinary` is one rule for all roles and classes. */
export function ruleName(rule: string): string {
  return /^ceiling\.[^.]+\.[^.]+\.[^.]+$/.test(rule) ? 'ceiling' : rule;
}

export function Because({ rules }: { readonly rules: readonly Rule[] }) {
  const say = useSay();
  const name = useSayName();
  if (rules.length === 0) return null;
  return (
    <details className="text-xs open:basis-full">
      <summary className="inline-flex cursor-pointer text-soft underline decoration-dotted underline-offset-2 hover:text-ink">
        {say('because.why')}
      </summary>
      <ul className="mt-1 space-y-1 text-soft">
        {rules.map(({ rule, source }) => (
          <li key={rule}>
            {name('rule', ruleName(rule))} <span className="opacity-90">({source})</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
