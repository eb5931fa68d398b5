/** Answers of `/v1/center`, as the pages use them. */
import type { Static } from 'typebox';
import type {
  CenterAnswer,
  CenterChoiceAnswer,
  CenterChoicesAnswer,
  CenterEraseAnswer,
  CenterLooksAnswer,
  CenterRequestAnswer,
  CenterRequestsAnswer,
  ChoiceReceiptAnswer,
  ErasePreviewAnswer,
  HeldAnswer,
  HeldCasesAnswer,
  HeldEventsAnswer,
  HeldOrdersAnswer,
} from '../../../contract/center.ts';

export type { CenterSession as Session } from '../../../contract/center.ts';
export type Door = Static<typeof CenterAnswer>;
export type Held = Static<typeof HeldAnswer>;
export type HeldValue = Held['values'][number];
export type Order = Static<typeof HeldOrdersAnswer>['orders'][number];
export type Conversation = Static<typeof HeldCasesAnswer>['cases'][number];
export type Happening = Static<typeof HeldEventsAnswer>['events'][number];
export type Look = Static<typeof CenterLooksAnswer>['looks'][number];
export type Choices = Static<typeof CenterChoicesAnswer>;
export type Receipt = Static<typeof ChoiceReceiptAnswer>;
export type Chosen = Static<typeof CenterChoiceAnswer>;
export type ErasePreview = Static<typeof ErasePreviewAnswer>;
export type Erased = Static<typeof CenterEraseAnswer>;
export type Requests = Static<typeof CenterRequestsAnswer>;
export type Requested = Static<typeof CenterRequestAnswer>;
