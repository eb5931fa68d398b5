/** What a serving node does besides answering: place queued ledger entries, hand on the outbox, run jobs. */
import { pollMailbox } from '../../cases/mail/poll.ts';
import { queueLetter, sendLetters } from '../../cases/mail/send.ts';
import { releaseCasesOf } from '../../cases/release.ts';
import { leaveUnsent } from '../../cases/unsent.ts';
import type { GateCtx } from '../../gate/context.ts';
import { integrate } from '../../ledger/integrate.ts';
import { sequence } from '../../ledger/sequence.ts';
import { startJobs } from '../../platform/jobs.ts';
import { drain } from '../../platform/outbox.ts';
import type { Ctx, Jobs } from '../../platform/ports.ts';
import { applyRules } from '../../profile/tags/apply-rules.ts';
import { sendCodes } from '../../rights/center/codes.ts';
import { makeMonths } from '../../rights/months.ts';
import { remindRequests } from '../../rights/requests/remind.ts';
import { retire } from '../../rights/retention.ts';
import { runSchedule } from '../../rights/schedule/run.ts';
import { redactShops } from '../../rights/shopify/redact-shop.ts';
import { sweep } from '../../rights/sweep.ts';
import { tellOfRefusal } from '../../sharing/refused.ts';
import { expireStaff } from '../../staff/people/expire.ts';
import { startDeliveries } from './deliveries.ts';
import { inFlight } from './in-flight.ts';
import { type Loop, startLoop } from './loop.ts';

/** An entry is placed within a second of its commit; so look twice as often. */
const SEQUENCE_EVERY_MS = 400;
const OUTBOX_EVERY_MS = 500;
const LETTERS_EVERY_MS = 1_000;
const CODES_EVERY_MS = 1_000;
const MAILBOX_EVERY_MS = 30_000;
const SEQUENCE_BATCH = 1_024;

export interface Background {
  /** Finishes what is under way, then leaves no entry unplaced. */
  stop(): Promise<void>;
}

/** Starts jobs and loops. */
export async function startBackground(ctx: GateCtx): Promise<Background> {
  const told = (what: string) => (error: unknown) => ctx.log.error({ err: error }, `${what} failed`);
  const flight = inFlight(ctx.db);
  const jobs = await startJobs(
    flight.db,
    {
      'erasure.sweep': { handler: flight.handler(async ({ erasure }) => sweep(ctx, erasure ?? '')) },
      'retention.sweep': {
        handler: flight.handler(async () => {
          ctx.log.info(await runSchedule(ctx), 'what was over by the schedule is gone');
          ctx.log.info({ ...(await retire(ctx)), ...(await expireStaff(ctx)) }, 'what was over is gone');
          ctx.log.info(await applyRules(ctx), 'rules gave their tags');
          ctx.log.info({ requests: await remindRequests(ctx) }, 'clocks of requests warned');
        }),
        cron: '17 3 * * *',
      },
      'event.partitions': {
        handler: flight.handler(async () => void (await makeMonths(ctx))),
        cron: '7 0 * * *',
      },
      'shop.redact': {
        handler: flight.handler(async () => void (await redactShops(ctx))),
        cron: '*/10 * * * *',
      },
    },
    told('a job'),
  );
  const sequencer = startLoop({
    work: async () => {
      const more = (await sequence(ctx, SEQUENCE_BATCH)) === SEQUENCE_BATCH;
      await integrate(ctx.db);
      return more;
    },
    everyMs: SEQUENCE_EVERY_MS,
    onError: told('placing entries in the ledger'),
  });
  const outbox = startLoop({
    work: async () => (await handOn(ctx, jobs)) > 0,
    everyMs: OUTBOX_EVERY_MS,
    onError: told('handing on the outbox'),
  });
  const mails = mailLoops(ctx, told);
  const deliveries = startDeliveries(ctx, told('telling recipients'));
  return {
    async stop() {
      await Promise.all([outbox, sequencer, deliveries, ...mails].map((loop) => loop.stop()));
      await jobs.stop();
      await flight.settled();
      await placeAll(ctx);
    },
  };
}

/** Where the operator named a mail server, codes and answers of cases leave; where a mailbox, mails become cases. */
function mailLoops(ctx: GateCtx, told: (what: string) => (error: unknown) => void): Loop[] {
  const loops: Loop[] = [];
  if (ctx.config.smtpUrl !== null) {
    const onError = told('sending answers');
    loops.push(startLoop({ work: () => sendLetters(ctx), everyMs: LETTERS_EVERY_MS, onError }));
    const work = () => sendCodes(ctx);
    loops.push(startLoop({ work, everyMs: CODES_EVERY_MS, onError: told('sending codes') }));
  }
  if (ctx.config.imapUrl !== null) {
    const onError = told('reading the mailbox');
    loops.push(startLoop({ work: () => pollMailbox(ctx), everyMs: MAILBOX_EVERY_MS, onError }));
  }
  return loops;
}

/** Gives every queued entry its place in the ledger. */
export async function placeAll(ctx: Ctx): Promise<void> {
  while ((await sequence(ctx, SEQUENCE_BATCH)) === SEQUENCE_BATCH);
  await integrate(ctx.db);
}

/**
 * An erasure is acknowledged at once; that its rows go is a job, taken in the outbox row's own transaction. An alert
 * is told to the operator's log by its id: who did what to whom is for the privacy officer and security to read.
 */
function handOn(ctx: GateCtx, jobs: Jobs): Promise<number> {
  return drain(ctx, async (tx, message) => {
    switch (message.kind) {
      case 'customer.erased':
        await jobs.enqueue('erasure.sweep', message.payload, tx);
        break;
      case 'alert':
        ctx.log.warn(message.payload, 'an alert waits for the privacy officer');
        break;
      case 'person.left':
        await releaseCasesOf(ctx, tx, message.payload.person ?? '');
        break;
      case 'partner.refused':
        await tellOfRefusal(ctx, tx, message.payload);
        break;
      case 'case.answer':
        if (ctx.config.smtpUrl === null) await leaveUnsent(tx, message.payload);
        else await queueLetter(ctx, tx, message.payload);
    }
  });
}
