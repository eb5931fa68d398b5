/** SQL on `bailee.training`. */
import type { Tx } from '../../platform/ports.ts';
import type { Pass } from './passes.ts';

/** Passes of a person, by course. */
export async function readPasses(tx: Tx, person: string): Promise<Map<string, Pass>> {
  const { rows } = await tx.query<{
    course: string;
    version: number | null;
    passed_at: Date | null;
    until: Date | null;
  }>({
    name: 'training_read',
    text: 'SELECT course, version, passed_at, until FROM bailee.training WHERE person_id = $1',
    values: [person],
  });
  return new Map(
    rows.map(({ course, version, passed_at: passedAt, until }) => [
      course,
      { course, version, passedAt, until },
    ]),
  );
}

/** Counts an attempt; one that passed replaces the pass before it. */
export async function writeAttempt(
  tx: Tx,
  person: string,
  course: string,
  at: Date,
  pass: { readonly version: number; readonly until: Date } | null,
): Promise<void> {
  await tx.query({
    name: 'training_write',
    text: `INSERT INTO bailee.training AS t (person_id, course, attempts, answered_at, version, passed_at, until)
           VALUES ($1, $2, 1, $3, $4, $5, $6)
           ON CONFLICT (person_id, course) DO UPDATE
             SET attempts = t.attempts + 1, answered_at = $3,
                 version = coalesce($4, t.version), passed_at = coalesce($5, t.passed_at), until = coalesce($6, t.until)`,
    values: [person, course, at, pass?.version ?? null, pass === null ? null : at, pass?.until ?? null],
  });
}
