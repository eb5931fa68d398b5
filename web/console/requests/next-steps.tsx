/** What may be done next, as buttons: those that the server opens, and that this role takes. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Role } from '../../../contract/names.ts';
import type { RequestStep } from '../../../contract/requests.ts';
import { Button, type Look } from '../../ui/button.tsx';
import { CallError } from '../api/call.ts';
import { type OneRequest, type Step, takeStep } from '../api/requests.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { MAY } from '../roles.ts';
import { useSession } from '../session.ts';
import { Sheet } from '../shell/page.tsx';
import { GivePackage } from './give-package.tsx';
import { StepDialog } from './step-dialog.tsx';

/** As `src/rights/requests/step.ts` has it: what whoever takes requests in may do; the rest is the privacy officer's. */
const TAKING: readonly RequestStep[] = ['acknowledge', 'prove', 'withdraw'];
/** Nothing has to be said or thought over. */
const AT_ONCE: readonly RequestStep[] = ['acknowledge', 'start', 'wait', 'resume'];
const ORDER: readonly RequestStep[] = [
  'prove',
  'acknowledge',
  'start',
  'fulfil',
  'extend',
  'wait',
  'resume',
  'refuse',
  'appeal',
  'lift',
  'withdraw',
];
const LOOK: Readonly<Partial<Record<RequestStep, Look>>> = { refuse: 'danger', withdraw: 'quiet' };

/** In the order in which they stand. */
function openFor(role: Role, next: readonly RequestStep[]): readonly RequestStep[] {
  const takes = (step: RequestStep) =>
    TAKING.includes(step) ? MAY.takeRequests(role) : MAY.decideRequests(role);
  return ORDER.filter((step) => next.includes(step) && takes(step));
}

/** Taking a step, and asking before one that needs it. */
function useSteps({ request }: OneRequest) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState<RequestStep | null>(null);
  const taking = useMutation({
    mutationFn: (step: Step) => takeStep(request.id, request.version, step),
    onSuccess() {
      setAsking(null);
      void queries.invalidateQueries({ queryKey: ['requests'] });
    },
  });
  const stop = () => {
    taking.reset();
    setAsking(null);
  };
  return { ...taking, asking, setAsking, stop };
}

export function NextSteps({ read, onReload }: { readonly read: OneRequest; readonly onReload: () => void }) {
  const say = useSay();
  const { role } = useSession();
  const { request, next } = read;
  const { mutate, isPending, variables, error, reset, asking, setAsking, stop } = useSteps(read);
  const open = openFor(role, next);
  const main = open.find((step) => ['prove', 'start', 'fulfil', 'lift', 'appeal'].includes(step));
  const conflict = error instanceof CallError && error.code === 'conflict';
  const again = () => {
    stop();
    onReload();
  };
  const begin = (step: RequestStep) => {
    reset();
    if (AT_ONCE.includes(step)) mutate({ step });
    else setAsking(step);
  };
  return (
    <Sheet title={say('request.next')}>
      <div className="space-y-2" aria-busy={isPending}>
        {open.length === 0 && (
          <p className="text-soft">
            {say(request.endedAt === null ? 'request.notYours' : 'request.nothingMore')}
          </p>
        )}
        <GivePackage request={request} />
        {open.map((step) => (
          <Button
            key={step}
            look={step === main ? 'main' : (LOOK[step] ?? 'plain')}
            className="w-full"
            busy={isPending && variables.step === step}
            onClick={() => begin(step)}
          >
            {say(step === 'fulfil' ? `request.fulfil.${request.kind}` : `request.do.${step}`)}
          </Button>
        ))}
        {error !== null && asking === null && (
          <Failed error={error} {...(conflict ? { onRetry: again } : {})} />
        )}
      </div>
      {asking !== null && (
        <StepDialog step={asking} read={read} busy={isPending} error={error} onTake={mutate} onClose={stop} />
      )}
    </Sheet>
  );
}
