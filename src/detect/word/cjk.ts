import type { Candidate } from '../candidate.ts';
import type { Reading } from './reading.ts';

export function scanCjk(_reading: Reading, _out: Candidate[]): void {}
