/** What travels, as the contract has it. */
import type { NoticeAnswer } from '../contract/consent.ts';

/** True grants, false refuses; by the name of the purpose. */
export type Choices = Readonly<Record<string, boolean>>;

export type Notice = Readonly<NoticeAnswer>;

export type NoticePurpose = Notice['purposes'][number];
