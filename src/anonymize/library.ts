/** The public surface of `bailee/anonymize`. Only this file re-exports. */

/** Errors carry a stable `code`. */
export { BaileeError, isBaileeError } from '../platform/errors.ts';
// Masks, pseudonyms, tokens.
export { type Applied, applyPolicy, type PolicyKeys } from './applyPolicy.ts';
export { type Ff1, ff1Decrypt, ff1Encrypt } from './ff1.ts';
export { type Alphabet, type Format, openFormat, sealFormat } from './keepFormat.ts';
export { mask } from './mask.ts';
export { type Policy, parsePolicy, type Rule } from './policy.ts';
// Differential privacy.
export type { FillRandom } from './private/bits.ts';
export type { Bounds, Contribution } from './private/bound.ts';
export { type Budget, type Cost, openBudget, remaining, spend } from './private/budget.ts';
export { type CountQuestion, privateCount } from './private/count.ts';
export { type GaussianUse, gaussianEpsilon } from './private/gaussianLoss.ts';
export {
  type GroupCount,
  type HistogramQuestion,
  privateHistogram,
  type ReleasedHistogram,
} from './private/histogram.ts';
export { type MeanQuestion, privateMean, type ReleasedMean } from './private/mean.ts';
export { costOf, type NoiseSize, type Privacy, type Released } from './private/mechanism.ts';
export { privateQuantiles, type QuantileQuestion } from './private/quantile.ts';
export { type Ratio, type Rational, ratioText } from './private/ratio.ts';
export { gaussianNoise, laplaceNoise, type Noise } from './private/sample.ts';
export { privateSum, type SumQuestion } from './private/sum.ts';
export { privateTopK, type TopQuestion } from './private/top.ts';
export { epsilonOf, rhoWithin, type Spent } from './private/zcdp.ts';
export { pseudonym, type Use } from './pseudonym.ts';
export { type AnonymizeCode, AnonymizeError } from './refuse.ts';
export { sivDecrypt, sivEncrypt } from './siv.ts';
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
export { blankShare, makeRender, type Render } from './table/render.ts';
export { type Risk, riskOf } from './table/risk.ts';
export type { Closeness, CodedColumn, Criteria, Diversity, Hierarchy, Presence } from './table/types.ts';
export { openToken, sealToken } from './token.ts';
export {
  type Expected,
  makeTableVerifier,
  type TableReport,
  type TableVerifier,
} from './verify/table.ts';
export { verifyTable } from './verify/verify-table.ts';
