/** What travels, as the contract has it. */
import type { NoticeAnswer } from '../contract/consent.ts';

export type Notice = Readonly<NoticeAnswer>;

export type NoticePurpose = Notice['purposes'][number];
