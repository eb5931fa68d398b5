import { beforeAll, describe, expect, it } from 'vitest';
import { type TestContext, testContext } from '../../test/kit/context.ts';
import { BaileeError } from './errors.ts';
import { describeError, makeLog } from './log.ts';

const PLANTED = 'planted-value-7f3a';

function capture() {
  const lines: string[] = [];
  const log = makeLog({ logLevel: 'debug' }, { write: (line: string) => void lines.push(line) });
  return { log, lines };
}

describe('the log', () => {
  let ctx: TestContext;
  beforeAll(async () => {
    ctx = await testContext();
    await ctx.db.query({
      text: 'CREATE TABLE public.planted (email text PRIMARY KEY, age integer CHECK (age > 0))',
    });
    await ctx.db.query({ text: 'INSERT INTO public.planted VALUES ($1, 1)', values: [PLANTED] });
  });

  it('removes what carries content, by its name', () => {
    const { log, lines } = capture();
    const names = [
      'body',
      'payload',
      'traits',
      'properties',
      'value',
      'values',
      'identifier',
      'email',
      'phone',
      'name',
    ];
    for (const name of [...names, 'address', 'key', 'token', 'secret', 'password'])
      log.info({ [name]: PLANTED }, 'a line');
    for (const name of ['value', 'values', 'identifier', 'email', 'phone', 'token', 'secret', 'password'])
      log.info({ customer: { [name]: PLANTED } }, 'a line');
    log.info(
      { req: { headers: { authorization: PLANTED, cookie: PLANTED }, body: { email: PLANTED } } },
      'a line',
    );
    expect(lines).toHaveLength(15 + 8 + 1);
    expect(lines.join('')).not.toContain(PLANTED);
    expect(lines.join('')).toContain('[removed]');
  });

  it('keeps what says nothing of anyone: codes, counts, names of ours', () => {
    const { log, lines } = capture();
    log.warn({ requestId: 'r-1', count: 3 }, 'a batch was refused');
    log.info('started on port %d', 4000);
    expect(JSON.parse(lines[0]!)).toMatchObject({ requestId: 'r-1', count: 3, msg: 'a batch was refused' });
    expect(JSON.parse(lines[1]!)).toMatchObject({ msg: 'started on port 4000' });
  });

  const STATEMENTS = [
    { text: 'INSERT INTO public.planted VALUES ($1, 1)', values: [PLANTED] },
    { text: 'INSERT INTO public.planted VALUES ($1, -5)', values: [`${PLANTED}-2`] },
    { text: 'SELECT $1::text::integer', values: [PLANTED] },
    { text: `SELECT '${PLANTED}' FROM public.missing` },
    { text: `SELECT "${PLANTED}"` },
  ];

  it.each(STATEMENTS)(
    'never repeats a row in what it says of a failed statement: $text',
    async (statement) => {
      const error: unknown = await ctx.db.query(statement).then(
        () => undefined,
        (failure: unknown) => failure,
      );
      expect(error).toBeInstanceOf(Error);
      const wrapped = new BaileeError('internal', 'It failed.', undefined, error);
      const { log, lines } = capture();
      log.error(error);
      log.error({ err: error });
      log.error({ err: error }, 'it failed');
      log.error({ error }, 'it failed');
      log.error({ reason: error }, 'it failed');
      log.error(wrapped);
      log.child({ room: 'vault' }).error({ err: wrapped });
      expect(lines).toHaveLength(7);
      expect(lines.join('')).not.toContain(PLANTED);
      const code = (error as { code: string }).code;
      for (const line of lines) expect(line).toContain(`"code":"${code}"`);
    },
  );

  it('tells where an error came from, and our own message', () => {
    const { log, lines } = capture();
    log.error({ err: new BaileeError('conflict', 'The current epoch cannot be destroyed.') });
    const { err } = JSON.parse(lines[0]!) as { err: { at: string[]; code: string; message: string } };
    expect(err).toMatchObject({ code: 'conflict', message: 'The current epoch cannot be destroyed.' });
    expect(err.at.length).toBeGreaterThan(0);
    expect(err.at.length).toBeLessThanOrEqual(8);
  });

  it('tells of a thrown thing that is no error only its type', () => {
    expect(describeError(PLANTED)).toEqual({ type: 'string' });
    expect(describeError({ email: PLANTED })).toEqual({ type: 'object' });
    expect(JSON.stringify(describeError(new Error(PLANTED)))).not.toContain(PLANTED);
    expect(JSON.stringify(describeError(new Error(`a\n${PLANTED}\n    at x`)))).not.toContain(PLANTED);
  });
});
