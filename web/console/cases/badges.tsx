/** Status and priority of a case, and when it is due: never by color alone. */
import type { CasePriority, CaseStatus } from '../../../contract/cases.ts';
import { Badge, type Tone } from '../../ui/states.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';

const STATUS: Readonly<Record<CaseStatus, Tone>> = {
  new: 'accent',
  open: 'plain',
  waiting: 'warn',
  solved: 'good',
  closed: 'plain',
};

export function StatusBadge({ status }: { readonly status: CaseStatus }) {
  const say = useSay();
  return <Badge tone={STATUS[status]}>{say(`case.status.${status}`)}</Badge>;
}

export function Priority({ priority }: { readonly priority: CasePriority }) {
  const say = useSay();
  const look =
    priority === 'urgent' ? 'font-medium text-bad' : priority === 'high' ? 'text-warn' : 'text-soft';
  return <span className={look}>{say(`case.priority.${priority}`)}</span>;
}

export function Due({ at }: { readonly at: string | null }) {
  const say = useSay();
  const format = useFormat();
  if (at === null) return <span className="text-soft">–</span>;
  const late = Date.parse(at) < Date.now();
  return (
    <time dateTime={at} title={format.moment(at)} className={late ? 'text-bad' : ''}>
      {late ? say('case.late', { span: format.span(at) }) : format.since(at)}
    </time>
  );
}
