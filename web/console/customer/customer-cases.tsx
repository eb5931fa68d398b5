/** Cases of a customer, in short. */
import { Link } from '@tanstack/react-router';
import type { Profile } from '../api/customers.ts';
import { StatusBadge } from '../cases/badges.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';

export function CustomerCases({ cases }: { readonly cases: NonNullable<Profile['cases']> }) {
  const say = useSay();
  const format = useFormat();
  return (
    <ul className="divide-y divide-line">
      {cases.map(({ id, number, kind, topic, status, updatedAt }) => (
        <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 px-4 py-2.5">
          <Link to="/cases/$id" params={{ id }} className="font-medium underline-offset-2 hover:underline">
            {say('case.title', { number })}
          </Link>
          <span className="flex items-center gap-3 text-soft">
            {say(`case.kind.${kind}`)} · {say(`case.topic.${topic}`)}
            <StatusBadge status={status} />
            <span className="text-xs">{format.since(updatedAt)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
