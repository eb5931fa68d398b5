/** One customer on one page: what the gate shows of them for one purpose, with the reasons for what it does not. */
import type { Purpose } from '../../contract/names.ts';
import { type About, about } from '../gate/about.ts';
import type { Caller } from '../gate/actor.ts';
import type { AnsweredField } from '../gate/answer.ts';
import type { GateCtx } from '../gate/context.ts';
import type { Evidence } from '../gate/evidence.ts';
import { type Opened, open } from '../gate/open.ts';
import { type TimelineItem, timeline, type WithheldKind } from '../gate/timeline.ts';

export interface ShowProfile {
  readonly actor: Caller;
  readonly customer: string;
  readonly purpose: Purpose;
  readonly evidence: Evidence | null;
}

export interface Profile {
  readonly customer: Omit<About, 'because' | 'choices' | 'tags' | 'verified'>;
  readonly because: About['because'];
  readonly fields: Readonly<Record<string, AnsweredField>>;
  readonly timeline: readonly TimelineItem[];
  readonly withheld: readonly WithheldKind[];
  readonly choices: About['choices'];
  readonly tags: About['tags'];
  readonly verified: About['verified'];
  readonly openings: readonly Opened['opening'][];
}

/**
 * Two openings, one for the fields and one for the timeline, each recorded before anything is shown.
 * Throws as `open` does.
 */
export async function showProfile(ctx: GateCtx, input: ShowProfile): Promise<Profile> {
  const opened = await open(ctx, input);
  const line = await timeline(ctx, input);
  const { because, choices, tags, verified, ...customer } = await about(ctx, input);
  return {
    customer,
    because,
    fields: opened.fields,
    timeline: line.items,
    withheld: line.withheld,
    choices,
    tags,
    verified,
    openings: [opened.opening, line.opening],
  };
}
