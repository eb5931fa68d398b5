/** Cases and their messages as the tables hold them. What a list shows lies open; the words are sealed. */
import type { CaseChannel, CaseKind, CasePriority, CaseStatus, CaseTopic } from '../../contract/cases.ts';

/** What a queue needs to know of a case: nothing that anybody wrote. */
export interface CaseMeta {
  readonly customer_id: string;
  readonly id: string;
  readonly store_id: string;
  readonly order_id: string | null;
  readonly number: number;
  readonly kind: CaseKind;
  readonly channel: CaseChannel;
  readonly topic: CaseTopic;
  readonly status: CaseStatus;
  readonly priority: CasePriority;
  readonly assignee: string | null;
  readonly team: string | null;
  readonly waits_since: Date | null;
  readonly due_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly made_by: string | null;
  readonly satisfaction: number | null;
  readonly version: number;
}

export const CASE_META = `c.customer_id, c.id, c.store_id, c.order_id, c.number, c.kind, c.channel, c.topic, c.status,
  c.priority, c.assignee, c.team, c.waits_since, c.due_at, c.created_at, c.updated_at, c.made_by, c.satisfaction, c.version`;

/** `from` and `to`: names of states, or ids. */
export interface CaseChange {
  readonly what: 'status' | 'priority' | 'topic' | 'kind' | 'assignee' | 'team' | 'satisfaction';
  readonly from: string | null;
  readonly to: string | null;
}

export type MessageKind = 'incoming' | 'answer' | 'note' | 'event';
export type Sent = 'waiting' | 'sent' | 'failed' | 'none';

export interface AttachmentRow {
  readonly customer_id: string;
  readonly case_id: string;
  /** The message it came with; of the first words the case itself. */
  readonly message_id: string;
  readonly id: string;
  readonly type: string;
  readonly bytes: number;
  readonly unsafe: boolean;
  readonly name: Buffer;
}

export interface MessageRow {
  readonly customer_id: string;
  readonly case_id: string;
  readonly id: string;
  readonly kind: MessageKind;
  readonly by: string | null;
  readonly sent: Sent | null;
  readonly sealed: Buffer | null;
  readonly change: CaseChange | null;
  readonly occurred_at: Date;
}
