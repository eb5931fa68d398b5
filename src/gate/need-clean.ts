/** Files of strangers are handed out only when the operator's scanner finds nothing in them (OWASP ASVS 5.0, 5.4.3). */
import { BaileeError } from '../platform/errors.ts';
import type { Ctx } from '../platform/ports.ts';
import { scan } from '../platform/scanner.ts';

/**
 * Asks the scanner now, so that what it learned since the file came counts. Without one, nothing is known and nothing is
 * refused. Throws `attachment_infected`, and `scan_unavailable` when the scanner does not say: the file stays as it is.
 */
export async function needClean(
  ctx: Pick<Ctx, 'config' | 'metrics'>,
  content: Buffer,
  withinMs?: number,
): Promise<void> {
  const { scanner } = ctx.config;
  if (scanner === null) return;
  const verdict = await scan(scanner, content, withinMs);
  const result = verdict.kind === 'unknown' ? verdict.why : verdict.kind;
  ctx.metrics.scans.inc({ result });
  if (verdict.kind === 'infected')
    throw new BaileeError(
      'attachment_infected',
      'The scanner found malware in this file; it is not handed out.',
      {
        found: verdict.name,
      },
    );
  if (verdict.kind === 'unknown')
    throw new BaileeError('scan_unavailable', 'The file could not be scanned, so it is not handed out now.', {
      why: verdict.why,
    });
}
