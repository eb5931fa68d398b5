/** The public surface of `bailee/detect`; nothing inside the house imports it. */
export { detect } from './detect.ts';
export { DetectError, type DetectErrorCode } from './failure.ts';
export { presidioLabels } from './presidio.ts';
export { type RedactMode, redact } from './redact.ts';
export { detectStream } from './stream.ts';
export type { CatalogEntry } from './suggest.ts';
export { type Column, type ColumnReport, detectTable, type Evidence } from './table.ts';
export {
  type AddressPart,
  type DetectedSpan,
  type DetectOptions,
  ENTITY_TYPES,
  type EntityType,
  PATTERN_TYPES,
  type Recognizer,
} from './types.ts';
