/**
 * What a test file opened and must close. A worker runs many files and keeps the modules that it loaded, so
 * an `afterAll` beside a module's own list would be heard by the first file alone; `each-file.ts` is run for
 * every one.
 */
const opened: (() => Promise<void>)[] = [];

/** Called after the test file that runs now, the last first. For use in tests and hooks, where `afterAll` may not stand. */
export function closeAfterFile(close: () => Promise<void>): void {
  opened.push(close);
}

/** Closes all; one that fails does not keep the others open. */
export async function closeOpened(): Promise<void> {
  const results = [];
  for (const close of opened.splice(0).reverse()) results.push((await Promise.allSettled([close()]))[0]);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
