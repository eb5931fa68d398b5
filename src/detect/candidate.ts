import type { DetectedSpan, EntityType } from './types.ts';

/** A span that may be personal data; overlaps are settled later. */
export type Candidate = DetectedSpan<EntityType>;
