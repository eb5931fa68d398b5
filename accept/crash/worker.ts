/** Plays a share of the seeds in a process and on a database of its own, and tells each outcome in a line. */
import { openInstallation } from './installation.ts';
import { faultOf, findSites, type Outcome, runHere, runKilled } from './schedule.ts';

export interface Share {
  readonly url: string;
  readonly seeds: readonly number[];
  /** Seeds whose process is killed. */
  readonly killed: readonly number[];
  /** Stop at the first seed of which a sentence matches this expression. */
  readonly until?: string;
}

export type Told =
  | { readonly type: 'sites'; readonly sites: readonly string[] }
  | ({ readonly type: 'outcome' } & Outcome);

async function work(share: Share, tell: (told: Told) => void): Promise<void> {
  const installation = await openInstallation(share.url, true);
  const until = share.until === undefined ? null : new RegExp(share.until);
  try {
    const sites = await findSites(installation);
    tell({ type: 'sites', sites });
    for (const seed of share.seeds) {
      const kill = share.killed.includes(seed);
      const fault = faultOf(seed, sites, kill);
      const outcome = await (kill ? runKilled : runHere)(installation, seed, fault).catch(
        (error: unknown): Outcome => ({
          seed,
          fault,
          struck: true,
          broken: [`it could not be played: ${told(error)}`],
        }),
      );
      tell({ type: 'outcome', ...outcome });
      if (until !== null && outcome.broken.some((each) => until.test(each))) return;
    }
  } finally {
    await installation.close();
  }
}

function told(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

await work(JSON.parse(process.argv[2] ?? '{}') as Share, (line) => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
});
