/** Counters and timings for Prometheus. Labels are names of ours, never of a customer. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  readonly events: Counter<'result'>;
  readonly openings: Counter<'purpose' | 'result'>;
  readonly refusals: Counter<'code'>;
  readonly browserAttacks: Counter<'kind'>;
  readonly erasures: Counter;
  readonly mails: Counter<'result'>;
  readonly scans: Counter<'result'>;
  readonly ledgerSize: Gauge;
  readonly batchesInWork: Gauge;
  readonly seconds: Histogram<'route'>;
}

export function makeMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    events: new Counter({
      name: 'bailee_events_total',
      help: 'Events by what became of them',
      labelNames: ['result'],
      registers,
    }),
    openings: new Counter({
      name: 'bailee_openings_total',
      help: 'Openings by purpose and result',
      labelNames: ['purpose', 'result'],
      registers,
    }),
    refusals: new Counter({
      name: 'bailee_refusals_total',
      help: 'Refused calls by error code',
      labelNames: ['code'],
      registers,
    }),
    browserAttacks: new Counter({
      name: 'bailee_browser_refusals_total',
      help: 'What a browser key tried beyond its own device',
      labelNames: ['kind'],
      registers,
    }),
    erasures: new Counter({ name: 'bailee_erasures_total', help: 'Erasures acknowledged', registers }),
    mails: new Counter({
      name: 'bailee_case_mails_total',
      help: 'Mails of cases by what became of them',
      labelNames: ['result'],
      registers,
    }),
    scans: new Counter({
      name: 'bailee_scans_total',
      help: 'Files shown to the virus scanner, by what it said',
      labelNames: ['result'],
      registers,
    }),
    ledgerSize: new Gauge({
      name: 'bailee_ledger_size',
      help: 'Entries in the ledger, as last seen by this node',
      registers,
    }),
    batchesInWork: new Gauge({ name: 'bailee_batches_in_work', help: 'Batches being stored now', registers }),
    seconds: new Histogram({
      name: 'bailee_request_seconds',
      help: 'Time to answer',
      labelNames: ['route'],
      registers,
      buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    }),
  };
}
