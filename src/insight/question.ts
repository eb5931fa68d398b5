/** Questions about orders, as private answers: which rows each is about, and what bounds a customer. */
import type { Static } from 'typebox';
import type { ReleaseAnswer, ReleasePrivacy, ReleaseQuestion } from '../../contract/releases.ts';
import type { FillRandom } from '../anonymize/private/bits.ts';
import type { Contribution } from '../anonymize/private/bound.ts';
import type { Cost } from '../anonymize/private/budget.ts';
import { privateCount } from '../anonymize/private/count.ts';
import { privateHistogram } from '../anonymize/private/histogram.ts';
import { privateMean } from '../anonymize/private/mean.ts';
import { costOf, type Released } from '../anonymize/private/mechanism.ts';
import { privateQuantiles } from '../anonymize/private/quantile.ts';
import { privateSum } from '../anonymize/private/sum.ts';
import { privateTopK } from '../anonymize/private/top.ts';
import type { OrderFigures } from '../gate/bulk-figures.ts';
import { hundredths } from './money.ts';

export type Question = Static<typeof ReleaseQuestion>;
export type QuestionPrivacy = Static<typeof ReleasePrivacy>;
export type Answer = Static<typeof ReleaseAnswer>;

/** Orders that do not say where or in what they were paid are a group of their own. */
const UNKNOWN = 'unknown';

/** What the question costs, before it is asked. Throws `AnonymizeError`. */
export function questionCost(question: Question, privacy: QuestionPrivacy): Cost {
  const selects = 'by' in question && question.groups === undefined;
  return costOf(privacy, selects ? question.delta : undefined);
}

/**
 * The answer over these orders, with noise. Orders without a readable total count for no amount.
 * Throws `AnonymizeError`; over no orders it tells only whether the question itself is sound.
 */
export function answer(
  question: Question,
  privacy: QuestionPrivacy,
  orders: readonly OrderFigures[],
  fill?: FillRandom,
): Answer {
  switch (question.kind) {
    case 'count': {
      const rowsEach = question.of === 'customers' ? 1 : (question.ordersEach ?? 10);
      return shaped(privateCount(orders, { privacy, rowsEach }, fill));
    }
    case 'sum':
      return shaped(privateSum(amounts(orders, question.currency), { ...question, privacy }, fill));
    case 'mean':
      return shaped(privateMean(amounts(orders, question.currency), { ...question, privacy }, fill));
    case 'quantiles':
      return shaped(privateQuantiles(amounts(orders, question.currency), { ...question, privacy }, fill));
    case 'histogram':
      return shaped(privateHistogram(grouped(orders, question.by), { ...question, privacy }, fill));
    case 'top-k':
      return shaped(privateTopK(grouped(orders, question.by), { ...question, privacy }, fill));
  }
}

function shaped<Value extends Answer['value']>(
  released: Released<Value> & { readonly threshold?: number | null },
): Answer {
  return { value: released.value, noise: released.noise, threshold: released.threshold ?? null };
}

function amounts(orders: readonly OrderFigures[], currency: string): Contribution[] {
  return orders.flatMap(({ customer, currency: paid, total }) => {
    const value = paid === currency ? hundredths(total) : null;
    return value === null ? [] : [{ customer, value }];
  });
}

function grouped(orders: readonly OrderFigures[], by: 'country' | 'month' | 'currency'): Contribution[] {
  return orders.map((order) => ({ customer: order.customer, group: order[by] ?? UNKNOWN }));
}
