/** What was done so far, by whom, and where the ledger keeps it. */
import { Link } from '@tanstack/react-router';
import type { OneRequest } from '../api/requests.ts';
import { useFormat } from '../format.ts';
import { useSay, useSayName } from '../language.ts';
import { MAY } from '../roles.ts';
import { useColleagues, useSession } from '../session.ts';
import { Sheet } from '../shell/page.tsx';

type Step = OneRequest['steps'][number];

export function History({ steps }: { readonly steps: readonly Step[] }) {
  const say = useSay();
  return (
    <Sheet flush title={say('request.history')}>
      <ol className="divide-y divide-line">
        {steps.map((step) => (
          <li key={`${step.at} ${step.step}`}>
            <Taken step={step} />
          </li>
        ))}
      </ol>
    </Sheet>
  );
}

function Taken({ step: { step, at, by, details, ledgerIndex } }: { readonly step: Step }) {
  const say = useSay();
  const name = useSayName();
  const format = useFormat();
  const { people } = useColleagues();
  const { role } = useSession();
  const who =
    by === null
      ? details.because === 'erased'
        ? null
        : say('request.byCustomer')
      : (people.find(({ id }) => id === by)?.name ?? say('case.somebody'));
  const more = [
    typeof details.proof === 'string' ? name('request.proof', details.proof) : null,
    typeof details.because === 'string' ? reasonOf(name, details.because) : null,
    Array.isArray(details.fields)
      ? details.fields.map((field) => name('field', String(field))).join(', ')
      : null,
    who,
  ].filter((words) => words !== null);
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 px-4 py-2.5">
      <span>
        <span className="font-medium">{name('request.did', step)}</span>
        {more.length > 0 && <span className="text-soft"> · {more.join(' · ')}</span>}
      </span>
      <span className="text-xs text-soft">
        <time dateTime={at}>{format.moment(at)}</time>
        {ledgerIndex !== null &&
          (MAY.ledger(role) ? (
            <>
              {' · '}
              <Link to="/ledger" search={{ index: ledgerIndex }} className="underline underline-offset-2">
                {say('request.proofLink', { index: ledgerIndex })}
              </Link>
            </>
          ) : (
            ` · ${say('request.proofLink', { index: ledgerIndex })}`
          ))}
      </span>
    </div>
  );
}

/** A reason is one of a refusal, of an extension, or that the customer was erased. */
function reasonOf(name: (group: string, name: string) => string, because: string): string {
  const refusal = name('request.refusal', because);
  return refusal === because ? name('request.because', because) : refusal;
}
