/** Where one is signed in, and the way to end it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '../../ui/button.tsx';
import { Badge, Loading } from '../../ui/states.tsx';
import { endSession, listSessions } from '../api/own.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { Sheet } from '../shell/page.tsx';

export function Sessions() {
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['sessions'], queryFn: listSessions });
  const ending = useMutation({
    mutationFn: endSession,
    onSettled: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  });
  return (
    <Sheet flush title={say('sessions.title')}>
      {(isPending || error !== null || ending.error !== null) && (
        <div className="p-4">
          {isPending && <Loading label={say('state.loading')} lines={2} />}
          {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
          {ending.error !== null && <Failed error={ending.error} />}
        </div>
      )}
      <ul className="divide-y divide-line">
        {data?.sessions.map(({ id, current, device, startedAt, seenAt, factors }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
            <div>
              <p className="flex items-center gap-2 font-medium">
                {device}
                {current && <Badge tone="accent">{say('sessions.current')}</Badge>}
              </p>
              <p className="text-xs text-soft">
                {say('sessions.since', { start: format.moment(startedAt), seen: format.since(seenAt) })}
                {' · '}
                {factors.map((factor) => say(`factor.${factor}`)).join(' + ')}
              </p>
            </div>
            {!current && (
              <Button
                look="danger"
                busy={ending.isPending}
                onClick={() => ending.mutate(id)}
                aria-label={say('sessions.endOf', { device })}
              >
                {say('sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
