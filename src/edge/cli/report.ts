import { connect } from './client.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';

const OPTIONS = {
  by: { type: 'string' },
  store: { type: 'string' },
  key: { type: 'string' },
  json: { type: 'boolean' },
} as const;

interface Row {
  readonly country?: string;
  readonly month?: string;
  readonly currency: string | null;
  readonly orders: number;
  readonly lines: number;
  readonly amount: string;
}

/** Totals for the books. */
export const reportCommand: Command = {
  help: `Usage: bailee report orders [--by country,month] [options]

  --by <keys>      country, month or both (the default)
  --store <store>  id or name; needed only when there are several
  --key <key>      an administrator's API key, where you are not the operator
  --json           as JSON; amounts are exact, as decimal texts

Amounts are quantity × price of all order lines. The orders are opened in bulk for the legal duty, so
every page of customers is an entry in the ledger.`,
  run,
};

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, OPTIONS);
  if (words.length !== 1 || words[0] !== 'orders')
    throw new CommandError(EXIT.usage, 'Name the report: bailee report orders.');
  const by =
    values.by === undefined ? ['country', 'month'] : values.by.split(',').filter((key) => key !== '');
  const client = await connect(deps);
  try {
    const report = (await client.request({
      method: 'POST',
      path: '/api/operator/reports/orders',
      body: { by, ...(values.store === undefined ? {} : { store: values.store }) },
      as: values.key === undefined ? 'operator' : { key: values.key },
      onProgress: ({ orders }) => deps.progress(`${orders} orders counted`),
    })) as { store: string; rows: Row[] };
    print(deps, values.json, report, () => table(report.rows, by));
    return EXIT.done;
  } finally {
    deps.progress(null);
    await client.close();
  }
}

function table(rows: readonly Row[], by: readonly string[]): string[] {
  if (rows.length === 0) return ['There are no orders.'];
  const heads = [...by, 'currency', 'orders', 'lines', 'amount'];
  const cells = rows.map((row) => heads.map((head) => String(row[head as keyof Row] ?? '')));
  const widths = heads.map((head, at) => Math.max(head.length, ...cells.map((row) => row[at]!.length)));
  const numbers = heads.length - 3;
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (at >= numbers ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join('  ')
      .trimEnd();
  return [line(heads), ...cells.map(line)];
}
