/** Reports on paper, in English. */
import { FIELDS_EN, PURPOSES_EN } from '../../../contract/names-en.ts';
import type { Block, Line, Paper, Part } from '../paper/page.ts';
import type { consentReport } from './consent.ts';
import type { ProcessingReported } from './processing.ts';
import type { requestsReport } from './requests.ts';
import type { retentionReport } from './retention.ts';
import { ASSESSED_WORDS, MEASURE_WORDS, RECORD_WORDS, REFUSAL_WORDS, REQUEST_WORDS } from './words.ts';

type Told<F extends (...asked: never[]) => Promise<unknown>> = Awaited<ReturnType<F>>;

const named = (names: Readonly<Record<string, string>>, name: string) => names[name] ?? name;
const listed = (all: readonly string[], none = 'none') => (all.length === 0 ? none : all.join(', '));
const day = (iso: string) => iso.slice(0, 10);
const part = (id: string, title: string, blocks: readonly Block[]): Part => ({
  id,
  title,
  blocks: blocks.length === 0 ? [{ text: 'Nothing.' }] : blocks,
});
const made = ({ store, made: at }: { readonly store: string; readonly made: string }) =>
  `${store}. Made on ${day(at)} by Bailee from what is in force; nothing in it was written by hand.`;

export function processingPaper(report: ProcessingReported): Paper {
  return {
    title: 'Record of processing activities',
    intro: `${made(report)} GDPR Art. 30(1); PIPL Art. 55 and 56.`,
    parts: [
      part('who', 'Controller and people', [
        {
          title: report.store,
          lines: [
            ['Country', report.country ?? 'not known'],
            ['About whom', listed(report.people)],
            ['Handed on to', listed(report.recipients, 'nobody')],
            [
              'Sent abroad to',
              report.transfers === null
                ? 'not known to Bailee: ask each of them'
                : listed(report.transfers, 'nowhere'),
            ],
            ['Laws in play', listed(report.regimes, 'no law pack is in force')],
            ['Catalog', report.catalog],
          ],
        },
      ]),
      part('what', 'Purposes', report.activities.map(activityBlock)),
      part(
        'time',
        'Time limits',
        report.retention.map(({ kind, set, regions }) => ({
          title: named(RECORD_WORDS, kind),
          lines: [
            ['Kept for', set.map((each) => named(RECORD_WORDS, each)).join(', ')],
            ['Customers in', listed(regions)],
          ],
        })),
      ),
      part('safe', 'Measures', [...report.measures.map((name) => ({ text: named(MEASURE_WORDS, name) }))]),
      part(
        'assessed',
        'Impact assessment (PIPL Art. 55, 56)',
        report.assessments.map(({ when, applies, what, measures }) => ({
          title: ASSESSED_WORDS[when],
          lines: applies
            ? [
                ['Assess', 'yes, and keep it for three years'],
                ['What', what.map((name) => named(FIELDS_EN, name)).join(', ')],
                ['Measures', measures.map((name) => named(MEASURE_WORDS, name)).join(' ')],
              ]
            : [['Assess', 'no: it is not done']],
        })),
      ),
    ],
  };
}

function activityBlock(activity: ProcessingReported['activities'][number]): Block {
  const { purpose, basis, source, fields, events, classes, sensitive, retention, roles } = activity;
  return {
    title: named(PURPOSES_EN, purpose),
    lines: [
      ['Rests on', `${basis.replaceAll('-', ' ')} (${source})`],
      ['Classes of data', listed(classes)],
      ['Fields', fields.map((name) => named(FIELDS_EN, name)).join(', ') || 'none'],
      ['Events', listed(events)],
      ['Sensitive', sensitive.map((name) => named(FIELDS_EN, name)).join(', ') || 'none'],
      ['Retention classes', listed(retention)],
      ['Roles', listed(roles, 'jobs alone')],
    ],
  };
}

export function requestsPaper(report: Told<typeof requestsReport>): Paper {
  return {
    title: `Requests of customers in ${report.year}`,
    intro: `${made(report)} Requests that came in ${report.year}; 11 CCR 7102(a).`,
    parts: [
      part('all', 'All kinds', [{ title: `${report.year}`, lines: figureLines(report.all) }]),
      part(
        'kinds',
        'By kind',
        report.kinds.map(({ kind, figures }) => ({
          title: REQUEST_WORDS[kind],
          lines: figureLines(figures),
        })),
      ),
      part(
        'denials',
        'Why requests were denied',
        report.denials.map(({ because, count }) => ({ text: `${REFUSAL_WORDS[because]}: ${count}` })),
      ),
    ],
  };
}

function figureLines(figures: Told<typeof requestsReport>['all']): Line[] {
  const days = (count: number | null) => (count === null ? 'none was answered' : `${count}`);
  return [
    ['Received', `${figures.received}`],
    ['Complied with', `${figures.complied} (in whole or in part)`],
    ['Denied', `${figures.denied}`],
    ['Withdrawn', `${figures.withdrawn}`],
    ['Still open', `${figures.open}`],
    ['Late', `${figures.late}`],
    ['Median days', days(figures.medianDays)],
    ['Mean days', days(figures.meanDays)],
  ];
}

export function retentionPaper(report: Told<typeof retentionReport>): Paper {
  const { schedule, runs } = report;
  return {
    title: 'Retention',
    intro: made(report),
    parts: [
      ...schedule.regions.map(({ region, regimes, lines }) =>
        part(region ?? 'unknown', `Customers in ${region ?? 'an unknown region'}`, [
          { text: `Laws in play: ${listed(regimes, 'no law pack is in force')}.` },
          ...lines.map((line) => ({
            title: named(RECORD_WORDS, line.kind),
            lines: [
              ['Kept for', named(RECORD_WORDS, line.set ?? 'own-date')] as const,
              ...line.least.map((term) => ['At least', `${term.span} (${term.citation})`] as const),
              ...line.most.map((term) => ['At most', `${term.span} (${term.citation})`] as const),
            ],
          })),
        ]),
      ),
      part(
        'runs',
        'The last runs',
        runs.map(({ on, gone, passed }) => ({
          title: on,
          lines: [
            ['Deleted', countsOf(gone)],
            ['Kept', countsOf(passed)],
          ],
        })),
      ),
    ],
  };
}

function countsOf(counts: readonly { readonly kind: string; readonly count: number }[]): string {
  return listed(
    counts.map(({ kind, count }) => `${named(RECORD_WORDS, kind)}: ${count}`),
    'nothing',
  );
}

export function consentPaper(report: Told<typeof consentReport>): Paper {
  const { notices, rates } = report;
  const sum = (counts: readonly (number | null)[]) => {
    const known = counts.filter((count) => count !== null);
    const total = known.reduce((all, count) => all + count, 0);
    return known.length < counts.length ? `${total}, and weeks of fewer than ${rates.below}` : `${total}`;
  };
  return {
    title: 'Choices and their proof',
    intro: `${made(report)} Each choice is kept with the version of the notice that was shown, and is an entry of the ledger; the customer has a signed receipt.`,
    parts: [
      part(
        'notices',
        'Versions of the notice',
        notices.map(({ version, publishedAt, substance, languages }) => ({
          title: `Version ${version}`,
          lines: [
            ['Published', day(publishedAt)],
            ['Change', substance ? 'of substance' : 'of wording'],
            ['Languages', listed(languages)],
          ],
        })),
      ),
      part(
        'rates',
        `People who chose, ${rates.periods[0] ?? ''} to ${rates.periods.at(-1) ?? ''}`,
        rates.purposes.map(({ purpose, counts }) => ({
          title: named(PURPOSES_EN, purpose),
          lines: (['granted', 'refused', 'withdrawn'] as const).map(
            (name) => [name, sum(counts.map((each) => each[name]))] as const,
          ),
        })),
      ),
    ],
  };
}
