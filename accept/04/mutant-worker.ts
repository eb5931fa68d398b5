/** A copy of the house with its test runner kept warm: it is told which tests to run, one order after another. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestModule } from 'vitest/node';
import { createVitest } from 'vitest/node';

export interface Order {
  readonly tests: readonly string[];
  /** Files that changed since the order before. */
  readonly changed: readonly string[];
  readonly bail: number;
}

export interface Failure {
  readonly test: string;
  readonly why: string;
}

export interface Told {
  /** What failed, other than by taking too long. */
  readonly failed: readonly Failure[];
  readonly late: readonly Failure[];
  /** How long each file of tests took, in milliseconds. */
  readonly took: Readonly<Record<string, number>>;
}

const LATE = /timed out/i;

const house = process.cwd();
const setupFiles = process.argv.slice(2);
const vitest = await createVitest('test', {
  root: house,
  watch: false,
  maxWorkers: 1,
  reporters: [{}],
  setupFiles,
});
const ready = vitest.standalone();

process.on('message', async (order: Order) => {
  try {
    await ready;
    process.send?.(await follow(order));
  } catch (error) {
    appendFileSync(join(house, 'worker.log'), `${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  }
});

process.on('disconnect', async () => {
  await vitest.close();
  process.exit(0);
});

async function follow({ tests, changed, bail }: Order): Promise<Told> {
  for (const file of changed) vitest.invalidateFile(join(house, file));
  for (const project of vitest.projects) project.config.bail = bail;
  vitest.config.bail = bail;
  const specifications = await vitest.globTestSpecifications([...tests]);
  const { testModules } = await vitest.runTestSpecifications(specifications);
  // The runner remembers the files of earlier orders too.
  const now = new Set(specifications.map(({ moduleId }) => moduleId));
  return told(testModules.filter(({ moduleId }) => now.has(moduleId)));
}

function told(testModules: readonly TestModule[]): Told {
  const all = testModules.flatMap(failuresOf);
  const took = testModules.map((module): [string, number] => {
    const { collectDuration, duration } = module.diagnostic();
    return [module.relativeModuleId, Math.round(collectDuration + duration)];
  });
  return {
    failed: all.filter(({ why }) => !LATE.test(why)),
    late: all.filter(({ why }) => LATE.test(why)),
    took: Object.fromEntries(took),
  };
}

/** Tests and hooks that failed, and a file that could not be loaded. */
function failuresOf(module: TestModule): Failure[] {
  const of = (name: string, errors: readonly { message: string }[]) =>
    errors.map(({ message }) => ({
      test: `${module.relativeModuleId} > ${name}`,
      why: message.split('\n')[0] ?? '',
    }));
  return [
    ...of('(the file)', module.errors()),
    ...[...module.children.allSuites()].flatMap((suite) => of(suite.fullName, suite.errors())),
    ...[...module.children.allTests('failed')].flatMap((test) =>
      of(test.fullName, test.result().errors ?? []),
    ),
  ];
}
