/** Somebody of the staff at their desk, as a browser would speak for them: cookie, header, JSON. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Secret, TOTP } from 'otpauth';
import { parse } from 'yaml';
import { type Answer, ask, command, type Where } from '../01/shop.ts';

const COURSES = fileURLToPath(new URL('../../../packs/training/', import.meta.url));
const PASSWORD = 'copper kettle under the walnut tree';
const STEP_MS = 30_000;

/** For a server whose people ask as fast as a script does. */
export const FASTER_THAN_PEOPLE = {
  BAILEE_OPENINGS_PER_MINUTE: '1000000',
  BAILEE_FINDS_PER_MINUTE: '1000000',
} as const;

export class Desk {
  readonly url: string;
  cookie: string | null = null;
  secret = '';
  #step = 0;

  constructor(url: string, cookie: string | null = null) {
    this.url = url;
    this.cookie = cookie;
  }

  /** The same session at another node. */
  at(url: string): Desk {
    return new Desk(url, this.cookie);
  }

  get(path: string): Promise<Answer> {
    return this.#ask(path);
  }

  post(path: string, body: unknown = {}): Promise<Answer> {
    return this.#ask(path, body);
  }

  /** A one-time code that was not used before; waits for the next one where it must. */
  async code(): Promise<string> {
    const now = () => Math.floor(Date.now() / STEP_MS);
    // A step ahead is taken as well, so that a second code need not be waited for.
    while (Math.max(now(), this.#step + 1) > now() + 1) await new Promise((wake) => setTimeout(wake, 500));
    this.#step = Math.max(now(), this.#step + 1);
    return new TOTP({ secret: Secret.fromBase32(this.secret) }).generate({ timestamp: this.#step * STEP_MS });
  }

  async #ask(path: string, body?: unknown): Promise<Answer> {
    const headers = {
      'x-bailee-console': '1',
      ...(this.cookie === null ? {} : { cookie: `__Host-bailee=${this.cookie}` }),
    };
    const answer = await ask(`${this.url}${path}`, null, body, headers);
    const set = /__Host-bailee=([^;]*)/.exec(answer.headers.get('set-cookie') ?? '')?.[1];
    if (set !== undefined) this.cookie = set === '' ? null : set;
    return answer;
  }
}

export interface Hired {
  readonly desk: Desk;
  readonly id: string;
  readonly email: string;
}

/** Invites somebody by the command line, and lets them join: password, app, courses. */
export async function hire(
  where: Where,
  url: string,
  roles: readonly string[],
  name: string,
): Promise<Hired> {
  const email = `${name.toLowerCase().replace(/\W+/g, '.')}@staff.example`;
  const asked = roles.flatMap((role) => ['--role', role]);
  const made = await command(['invite', email, '--name', name, ...asked, '--json'], where);
  const { id, link } = JSON.parse(made.stdout) as { id: string; link: string };
  const desk = new Desk(url);
  const token = link.split('#')[1];
  const accepted = await desk.post('/api/invitation/accept', { token, password: PASSWORD });
  desk.secret = (accepted.body as { enrol: { secret: string } }).enrol.secret;
  const done = await desk.post('/api/session/code', { code: await desk.code() });
  if (done.status !== 200) throw new Error(`${name} cannot sign in: ${done.status}`);
  await passCourses(desk);
  return { desk, id, email };
}

/** Signs in anew with what `hire` set up. */
export async function signIn({ desk, email }: Hired): Promise<void> {
  desk.cookie = null;
  await desk.post('/api/session', { email, password: PASSWORD });
  const done = await desk.post('/api/session/code', { code: await desk.code() });
  if (done.status !== 200) throw new Error(`signing in anew was answered ${done.status}`);
}

/** Signs in at the demo shop as the first who has this role. */
export async function signInDemo(url: string, role: string): Promise<Desk> {
  const desk = new Desk(url);
  const { body } = await desk.get('/api/demo/staff');
  const { people } = body as { people: { role: string; email: string; password: string; code: string }[] };
  const { email, password, code } = people.find((each) => each.role === role)!;
  await desk.post('/api/session', { email, password });
  const done = await desk.post('/api/session/code', { code });
  if (done.status !== 200) throw new Error(`signing in at the demo was answered ${done.status}`);
  return desk;
}

async function passCourses(desk: Desk): Promise<void> {
  for (const file of readdirSync(COURSES).filter((name) => name.endsWith('.en.yaml'))) {
    const { course, version, questions } = parse(readFileSync(join(COURSES, file), 'utf8')) as {
      course: string;
      version: number;
      questions: { id: string; right: string }[];
    };
    const answers = Object.fromEntries(questions.map(({ id, right }) => [id, right]));
    const told = await desk.post(`/api/training/${course}/answers`, { version, answers });
    if (told.status !== 200) throw new Error(`the course ${course} was answered ${told.status}`);
  }
}
