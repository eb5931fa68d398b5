/** When the next answer is due, by the service level. */
import {
  type CaseKind,
  type CasePriority,
  type CaseStatus,
  SERVICE_LEVEL_HOURS,
} from '../../contract/cases.ts';

const HOUR = 3_600_000;
/** Of a complaint the next higher priority counts: who is wronged waits less. */
const OF_COMPLAINT: Readonly<Record<CasePriority, CasePriority>> = {
  low: 'normal',
  normal: 'high',
  high: 'urgent',
  urgent: 'urgent',
};

export interface Clocked {
  readonly kind: CaseKind;
  readonly priority: CasePriority;
  readonly status: CaseStatus;
  /** UTC milliseconds since when the customer waits for us. */
  readonly since: number;
}

/** Null while the case waits for the customer or is done. */
export function waitsAndDue({ kind, priority, status, since }: Clocked): {
  readonly waits_since: Date | null;
  readonly due_at: Date | null;
} {
  if (status !== 'new' && status !== 'open') return { waits_since: null, due_at: null };
  const level = kind === 'complaint' ? OF_COMPLAINT[priority] : priority;
  return { waits_since: new Date(since), due_at: new Date(since + SERVICE_LEVEL_HOURS[level] * HOUR) };
}
