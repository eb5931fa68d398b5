/** From an order, a case, an e-mail or a phone number to a customer. */
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button, buttonClass } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { CallError } from '../api/call.ts';
import { type Found, findCustomers } from '../api/customers.ts';
import { CallerCheck } from '../customer/caller-check.tsx';
import { Failed } from '../failed.tsx';
import { type Ground, keepGround, takeOver } from '../ground.ts';
import { useSay } from '../language.ts';
import { shows } from '../roles.ts';
import { Page, Sheet } from '../shell/page.tsx';
import { GroundFields, groundOf, useFirstDraft } from './ground-fields.tsx';
import { cleaned, kindOf, LOOKED_FOR, type LookedFor } from './kind-of.ts';
import { Voice } from './voice.tsx';

function useFind() {
  const first = useFirstDraft();
  const [handed] = useState(takeOver);
  const [words, setWords] = useState(handed?.value ?? '');
  const [chosen, setChosen] = useState<LookedFor | null>(null);
  const [draft, setDraft] = useState(first);
  const kind = chosen ?? kindOf(words);
  // An order or a case that was named is its own evidence, where it shows the purpose.
  const itself = (kind === 'order' || kind === 'case') && shows(kind, draft.purpose);
  const finding = useMutation({
    async mutationFn() {
      const value = cleaned(kind, words);
      const ground: Ground = itself ? { purpose: draft.purpose, evidence: { kind, value } } : groundOf(draft);
      return { ...(await findCustomers({ kind, value }, ground)), ground };
    },
  });
  const { mutate } = finding;
  const waiting = useRef(handed !== null && itself);
  useEffect(() => {
    // What was typed in the palette is looked for at once, and once.
    if (!waiting.current) return;
    waiting.current = false;
    mutate();
  }, [mutate]);
  return { words, setWords, kind, setChosen, draft, setDraft, itself, finding };
}

export function FindPage() {
  const say = useSay();
  const { words, setWords, kind, setChosen, draft, setDraft, itself, finding } = useFind();
  const send = (event: FormEvent) => {
    event.preventDefault();
    finding.mutate();
  };
  return (
    <Page title={say('nav.find')} lead={say('find.lead')}>
      <div className="grid items-start gap-5 lg:grid-cols-[24rem_minmax(0,1fr)]">
        <Sheet>
          <form onSubmit={send} className="space-y-4">
            <TextField
              label={say('find.what')}
              hint={say('find.hint')}
              data-search=""
              autoFocus
              required
              maxLength={254}
              autoComplete="off"
              spellCheck={false}
              value={words}
              onChange={({ target }) => setWords(target.value)}
            />
            <Voice onHeard={setWords} />
            <SelectField
              label={say('find.kind')}
              value={kind}
              onChange={({ target }) => setChosen(target.value as LookedFor)}
              options={LOOKED_FOR.map((each) => ({ value: each, label: say(`identifier.${each}`) }))}
            />
            <GroundFields draft={draft} onChange={setDraft} without={itself} />
            <Button type="submit" look="main" size="large" busy={finding.isPending} className="w-full">
              {say('find.do')}
            </Button>
          </form>
        </Sheet>
        <div aria-live="polite" className="min-w-0">
          {finding.isPending && <Loading label={say('state.loading')} lines={2} shape="rows" />}
          {finding.error !== null &&
            (itself && isOfNobody(finding.error) ? <Nobody /> : <Failed error={finding.error} />)}
          {finding.data !== undefined && !finding.isPending && (
            <Results found={finding.data.customers} ground={finding.data.ground} />
          )}
          {finding.isIdle && <Empty title={say('find.idle')}>{say('find.idleBody')}</Empty>}
        </div>
      </div>
    </Page>
  );
}

/** What was looked for was its own evidence, and there is no such order or open case. */
function isOfNobody(error: unknown): boolean {
  return error instanceof CallError && error.code === 'evidence_mismatch';
}

function Nobody() {
  const say = useSay();
  return <Empty title={say('find.none')}>{say('find.noneBody')}</Empty>;
}

function Results({ found, ground }: { readonly found: readonly Found[]; readonly ground: Ground }) {
  const say = useSay();
  if (found.length === 0) return <Nobody />;
  return (
    <ul className="space-y-3">
      {found.map(({ id, name, email, phone, opening }) => (
        <li key={id}>
          <Sheet>
            <div className="flex flex-wrap items-start justify-between gap-4">
              <div className="min-w-0">
                <h2 className="font-semibold">{name ?? say('find.noName')}</h2>
                <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
                  <dt className="text-soft">{say('identifier.email')}</dt>
                  <dd>{email ?? '–'}</dd>
                  <dt className="text-soft">{say('identifier.phone')}</dt>
                  <dd>{phone ?? '–'}</dd>
                </dl>
                <p className="mt-3 text-xs text-soft">
                  {say('ledger.recorded', { index: opening.ledgerIndex })}
                </p>
              </div>
              <div className="flex flex-wrap gap-2">
                <CallerCheck customer={id} ground={ground} />
                <Link
                  to="/customers/$id"
                  params={{ id }}
                  onClick={() => keepGround(id, ground)}
                  className={buttonClass('main')}
                >
                  {say('find.open')}
                </Link>
              </div>
            </div>
          </Sheet>
        </li>
      ))}
    </ul>
  );
}
