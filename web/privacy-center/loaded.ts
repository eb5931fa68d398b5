/** What the server told, kept while the page is open: a look at one's own data is recorded, so it is asked for once. */
import { useCallback, useEffect, useState } from 'react';
import { CallError, read } from './api/call.ts';

const kept = new Map<string, unknown>();
const underWay = new Map<string, Promise<unknown>>();
let turn = 0;
const listeners = new Set<(turn: number) => void>();

export interface Loaded<Answer> {
  /** Null: it is on its way, or failed. */
  readonly data: Answer | null;
  readonly failure: CallError | null;
  readonly again: () => void;
}

/** However many ask for it at a time, it is fetched once. */
function fetchOnce(path: string): Promise<unknown> {
  const found = underWay.get(path);
  if (found !== undefined) return found;
  const coming: Promise<unknown> = read<unknown>(path)
    .then((answer) => {
      // What was forgotten meanwhile may be of somebody who is gone.
      if (underWay.get(path) === coming) kept.set(path, answer);
    })
    .finally(() => {
      if (underWay.get(path) === coming) underWay.delete(path);
    });
  underWay.set(path, coming);
  return coming;
}

/** Forgets what begins so (all of it, without a word), and loads anew what is shown of it. */
export function forget(start = ''): void {
  for (const known of [kept, underWay])
    for (const path of known.keys()) if (path.startsWith(start)) known.delete(path);
  turn += 1;
  for (const tell of listeners) tell(turn);
}

/** Asks again for what begins so; what is shown stays until the answer is there. @throws CallError */
export async function renew(start: string): Promise<void> {
  const paths = [...kept.keys()].filter((path) => path.startsWith(start));
  await Promise.all(paths.map(async (path) => kept.set(path, await read(path))));
  turn += 1;
  for (const tell of listeners) tell(turn);
}

function failureOf(error: unknown): CallError {
  return error instanceof CallError ? error : new CallError('internal', null);
}

/** @param path below `/v1/center` */
export function useLoaded<Answer>(path: string): Loaded<Answer> {
  const [asked, setAsked] = useState(turn);
  const [failed, setFailed] = useState<{ readonly path: string; readonly failure: CallError } | null>(null);
  const [, setCame] = useState(0);
  useEffect(() => {
    listeners.add(setAsked);
    return () => void listeners.delete(setAsked);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was forgotten is asked for again.
  useEffect(() => {
    if (kept.has(path)) return;
    let here = true;
    setFailed(null);
    fetchOnce(path).then(
      () => here && setCame((times) => times + 1),
      (error: unknown) => here && setFailed({ path, failure: failureOf(error) }),
    );
    return () => {
      here = false;
    };
  }, [path, asked]);
  const again = useCallback(() => forget(path), [path]);
  const data = (kept.get(path) as Answer | undefined) ?? null;
  return { data, failure: data === null && failed?.path === path ? failed.failure : null, again };
}

interface Paged {
  readonly after: string | null;
}

export interface Pages<Answer, Item> extends Loaded<Answer> {
  readonly items: readonly Item[];
  /** Null: that was all. */
  readonly more: (() => void) | null;
  readonly busy: boolean;
}

/** The first page, and further ones as they are asked for. */
export function usePages<Answer extends Paged, Item>(
  path: string,
  itemsOf: (answer: Answer) => readonly Item[],
): Pages<Answer, Item> {
  const first = useLoaded<Answer>(path);
  const [further, setFurther] = useState<{ readonly of: Answer | null; readonly pages: readonly Answer[] }>({
    of: null,
    pages: [],
  });
  const [busy, setBusy] = useState(false);
  const pages = further.of === first.data ? further.pages : [];
  const after = (pages.at(-1) ?? first.data)?.after ?? null;
  const load = async () => {
    setBusy(true);
    const sign = path.includes('?') ? '&' : '?';
    try {
      const page = await read<Answer>(`${path}${sign}after=${encodeURIComponent(after!)}`);
      setFurther({ of: first.data, pages: [...pages, page] });
    } catch {
      first.again();
    }
    setBusy(false);
  };
  const answers = first.data === null ? [] : [first.data, ...pages];
  return {
    ...first,
    items: answers.flatMap(itemsOf),
    more: after === null ? null : () => void load(),
    busy,
  };
}

export interface Doing<Input> {
  readonly run: (input: Input) => Promise<void>;
  readonly busy: boolean;
  readonly failure: CallError | null;
  readonly clear: () => void;
}

/** Something that a person does: once at a time, and what refused it is told. */
export function useDoing<Input = void>(work: (input: Input) => Promise<void>): Doing<Input> {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallError | null>(null);
  const run = async (input: Input) => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    await work(input).catch((error: unknown) => setFailure(failureOf(error)));
    setBusy(false);
  };
  return { run, busy, failure, clear: () => setFailure(null) };
}
