/** The public surface of `bailee/anonymize`. Only this file re-exports. */

/** Errors carry a stable `code`. */
export { BaileeError, isBaileeError } from '../platform/errors.ts';
// Tables.
export {
  type AnonymizedTable,
  anonymizeTable,
  type TableInput,
} from './table/anonymize.ts';
export { type Building, buildHierarchy, buildLines, type DateStep } from './table/build.ts';
export { type Encoder, makeEncoder } from './table/encode.ts';
export { readHierarchy } from './table/hierarchy.ts';
export { measure, type Utility } from './table/measure.ts';
export { type Asked, prepare } from './table/prepare.ts';
export { queryError } from './table/query-error.ts';
export { type Recoding, recode } from './table/recoding.ts';
export { makeRender, type Render } from './table/render.ts';
export { type Risk, riskOf } from './table/risk.ts';
export type { Closeness, CodedColumn, Criteria, Diversity, Hierarchy, Presence } from './table/types.ts';
export {
  type Expected,
  makeTableVerifier,
  type TableReport,
  type TableVerifier,
} from './verify/table.ts';
export { verifyTable } from './verify/verify-table.ts';
