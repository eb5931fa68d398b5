/**
 * Somebody is on the line and says who they are. Three questions, of which the page knows no right answer: neither the
 * caller nor whoever asks learns anything but passed or not.
 */
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loading, Notice } from '../../ui/states.tsx';
import { CallError } from '../api/call.ts';
import { type Asked, answerCaller, askCaller } from '../api/callers.ts';
import { useFormat } from '../format.ts';
import type { Ground } from '../ground.ts';
import { useLanguage, useSay } from '../language.ts';
import { Refused } from '../refused.tsx';
import { MAY } from '../roles.ts';
import { useSession } from '../session.ts';
import { type OptionWords, optionText } from './caller-words.ts';

/** It is no option, so it is wrong: a caller who does not know fails as one who says something else. */
const UNKNOWN = '?';

interface CheckProps {
  readonly customer: string;
  readonly ground: Ground;
  /** Until when, ISO 8601. */
  readonly onVerified?: (until: string) => void;
}

/** A button for roles that may; the questions are there with its one click. */
export function CallerCheck(props: CheckProps) {
  const say = useSay();
  const { role } = useSession();
  const [open, setOpen] = useState(false);
  if (!MAY.checkCaller(role)) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon name="phone" />
        {say('caller.check')}
      </Button>
      {open && <CheckDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function CheckDialog({
  customer,
  ground,
  onVerified,
  onClose,
}: CheckProps & { readonly onClose: () => void }) {
  const say = useSay();
  const [round, setRound] = useState(0);
  const asking = useQuery({
    queryKey: ['caller', customer, ground, round],
    queryFn: () => askCaller(customer, ground),
    // What is asked again is asked anew: never by itself, and never from memory.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  return (
    <Dialog title={say('caller.title')} closeLabel={say('do.close')} onClose={onClose}>
      <div aria-live="polite">
        {asking.isPending && <Loading label={say('state.loading')} lines={6} />}
        {tooMany(asking.error) ? (
          <Notice look="bad" title={say('caller.rest')} />
        ) : (
          <Refused error={asking.error} conflict="caller.tooLittle" />
        )}
        {asking.data !== undefined && (
          <Questions
            key={asking.data.check}
            customer={customer}
            asked={asking.data}
            onVerified={onVerified}
            onAgain={() => setRound(round + 1)}
            onClose={onClose}
          />
        )}
      </div>
    </Dialog>
  );
}

/** After three failures nobody asks this customer for a day: longer than other limits last. */
function tooMany(error: unknown): boolean {
  return error instanceof CallError && error.code === 'too_many_tries';
}

interface QuestionsProps {
  readonly customer: string;
  readonly asked: Asked;
  readonly onVerified: ((until: string) => void) | undefined;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

function Questions({ customer, asked, onVerified, onAgain, onClose }: QuestionsProps) {
  const say = useSay();
  const format = useFormat();
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: () =>
      answerCaller(
        customer,
        asked.check,
        asked.questions.map(({ question }) => answers[question] ?? UNKNOWN),
      ),
    onSuccess({ verifiedUntil }) {
      if (verifiedUntil !== null) onVerified?.(verifiedUntil);
    },
  });
  if (data !== undefined)
    return <Outcome until={data.passed ? data.verifiedUntil : null} onAgain={onAgain} onClose={onClose} />;
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <form onSubmit={send} className="space-y-4">
      <p className="text-soft">{say('caller.lead', { time: format.time(asked.until) })}</p>
      {asked.questions.map((each) => (
        <One
          key={each.question}
          {...each}
          chosen={answers[each.question]}
          onChoose={(option) => setAnswers({ ...answers, [each.question]: option })}
        />
      ))}
      <Refused error={error} conflict="caller.over" />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{say('do.cancel')}</Button>
        {error !== null && <Button onClick={onAgain}>{say('caller.again')}</Button>}
        <Button type="submit" look="main" busy={isPending}>
          {say('caller.do')}
        </Button>
      </div>
    </form>
  );
}

function useOptionWords(): OptionWords {
  const say = useSay();
  const language = useLanguage();
  const months = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  return {
    month: (number) => months.format(Date.UTC(2000, Number(number) - 1)),
    money: (amount, currency) =>
      new Intl.NumberFormat(language, { style: 'currency', currency, maximumFractionDigits: 0 }).format(
        amount,
      ),
    orMore: (amount) => say('caller.orMore', { amount }),
  };
}

interface OneProps {
  readonly question: Asked['questions'][number]['question'];
  readonly options: readonly string[];
  readonly chosen: string | undefined;
  readonly onChoose: (option: string) => void;
}

function One({ question, options, chosen, onChoose }: OneProps) {
  const say = useSay();
  const words = useOptionWords();
  const all = [
    ...options.map((option) => ({ option, text: optionText(question, option, words) })),
    { option: UNKNOWN, text: say('caller.unknown') },
  ];
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{say(`caller.question.${question}`)}</legend>
      <div className="flex flex-wrap gap-1.5">
        {all.map(({ option, text }) => (
          <label
            key={option}
            className={`flex min-h-9 cursor-pointer items-center gap-2 rounded-md border border-line-strong px-2.5 has-checked:border-accent has-checked:bg-accent-wash has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent ${option === UNKNOWN ? 'text-soft' : ''}`}
          >
            <input
              type="radio"
              name={question}
              required
              checked={chosen === option}
              onChange={() => onChoose(option)}
              className="size-4 outline-0!"
            />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface OutcomeProps {
  /** Null: not passed. */
  readonly until: string | null;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

function Outcome({ until, onAgain, onClose }: OutcomeProps) {
  const say = useSay();
  const format = useFormat();
  return (
    <div className="space-y-4">
      {until === null ? (
        <Notice look="bad" title={say('caller.failed')}>
          <p className="mt-1">{say('caller.failedHint')}</p>
        </Notice>
      ) : (
        <Notice look="good" title={say('caller.passed', { time: format.time(until) })}>
          <p className="mt-1">{say('caller.passedHint')}</p>
        </Notice>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        {until === null && <Button onClick={onAgain}>{say('caller.again')}</Button>}
        <Button look="main" autoFocus onClick={onClose}>
          {say('do.close')}
        </Button>
      </div>
    </div>
  );
}
