/** Notices: what customers were told and asked, version by version. */
import type { Static } from 'typebox';
import type { PublishBody, PublishedAnswer } from '../../../contract/consent.ts';
import type { NoticeVersions, NoticeWords } from '../../../contract/notices.ts';
import { call } from './call.ts';

export type NoticeVersion = Static<typeof NoticeVersions>['versions'][number];
export type Words = Static<typeof NoticeWords>;
export type Publishing = Static<typeof PublishBody>;

export const listNotices = () => call<Static<typeof NoticeVersions>>('GET', '/api/notices');
export const noticeWords = (version: number, language: string) =>
  call<Words>('GET', `/api/notices/${version}/${encodeURIComponent(language)}`);
export const publishNotice = (body: Publishing) =>
  call<Static<typeof PublishedAnswer>>('POST', '/api/notices', body);
