/** `<data>/demo.json`: the demo shop's access for programs. A real store never has one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '../../../contract/names.ts';
import { writePrivate } from '../cli/run-file.ts';

export interface DemoFile {
  readonly url: string;
  /** Id of the demo's store. */
  readonly store: string;
  readonly writeKeys: { readonly server: string; readonly browser: string };
  /** By role: `support`, `privacyOfficer`, `administrator` and others. */
  readonly apiKeys: Readonly<Record<string, string>>;
  /** People who sign in at `/console`. */
  readonly staff: readonly DemoStaff[];
  readonly customers: readonly DemoEntry[];
}

export interface DemoStaff {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: Role;
  /** Base32, for an authenticator app. */
  readonly totpSecret: string;
}

export interface DemoEntry {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Order numbers, oldest first. */
  readonly orders: readonly string[];
  /** Numbers of tickets that were open when the demo was made. */
  readonly cases: readonly string[];
}

function pathOf(folder: string): string {
  return join(folder, 'demo.json');
}

/** Null when there is none, or it cannot be read. */
export function readDemo(folder: string): DemoFile | null {
  try {
    return JSON.parse(readFileSync(pathOf(folder), 'utf8')) as DemoFile;
  } catch {
    return null;
  }
}

export function writeDemo(folder: string, demo: DemoFile): void {
  writePrivate(pathOf(folder), `${JSON.stringify(demo, null, 2)}\n`);
}
