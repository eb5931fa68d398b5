/** What the server answers to `GET /v1/consent/notice`, as far as the browser needs it. */

/** True grants, false refuses; by the name of the purpose. */
export type Choices = Readonly<Record<string, boolean>>;

export interface NoticePurpose {
  readonly purpose: string;
  readonly name: string;
  readonly description: string;
  /** Where the toggle stands before anyone chose. */
  readonly default: 'closed' | 'open';
  /** Whether Global Privacy Control closes it. */
  readonly gpc: boolean;
}

export interface Notice {
  readonly version: number;
  /** BCP 47. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** `list`: every purpose is shown at once, as China's law wants it. */
  readonly form: 'layered' | 'list';
  /** Purposes that need a consent of their own: accepting all does not grant them. */
  readonly separate: readonly string[];
  /** Days that a grant lasts; null: until it is withdrawn. */
  readonly grantLastsDays: number | null;
  readonly purposes: readonly NoticePurpose[];
  readonly text: NoticeText;
  /** False in the answer that the browser's cache keeps after a refusal. */
  readonly asked: boolean;
}

export interface NoticeText {
  readonly title: string;
  readonly body: string;
  readonly accept: string;
  readonly refuse: string;
  readonly choose: string;
  readonly save: string;
  readonly close: string;
  /** The permanent way back. */
  readonly reopen: string;
  /** What is always on, and why. */
  readonly always: string;
  readonly gpcHonored: string;
  readonly listIntro: string;
  readonly policyLink?: string;
}
