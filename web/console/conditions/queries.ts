/** What waits for a second person, and who waits. */
import { useQuery } from '@tanstack/react-query';
import { listAlerts, listApprovals, listGlass } from '../api/conditions.ts';
import { MAY } from '../roles.ts';
import { useSession } from '../session.ts';

export function useApprovals() {
  const { role } = useSession();
  return useQuery({ queryKey: ['approvals'], queryFn: listApprovals, enabled: MAY.find(role) });
}
export function useGlass() {
  const { role } = useSession();
  return useQuery({ queryKey: ['glass'], queryFn: listGlass, enabled: MAY.find(role) });
}
export function useAlerts() {
  const { role } = useSession();
  return useQuery({ queryKey: ['alerts'], queryFn: listAlerts, enabled: MAY.watch(role) });
}

/** What this person could settle now. */
export function useWaiting() {
  const { person, role } = useSession();
  const watches = MAY.watch(role);
  const approvals = useApprovals().data?.approvals ?? [];
  const glass = useGlass().data?.breakGlass ?? [];
  const alerts = useAlerts().data?.alerts ?? [];
  return {
    approvals: approvals.filter(
      ({ state, askedBy }) => watches && state === 'asked' && askedBy !== person.id,
    ),
    approved: approvals.filter(({ state, askedBy }) => state === 'approved' && askedBy === person.id),
    glass: glass.filter((each) => watches && each.state === 'unreviewed' && each.person !== person.id),
    alerts: alerts.filter(({ seenAt }) => seenAt === null),
  };
}
