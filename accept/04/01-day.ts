/**
 * A day at the demo shop, in a browser, in both languages. A support agent signs in, finds a customer from an order
 * number, reads the case, reveals a phone with a reason, answers, logs a complaint and hands it over. The privacy
 * officer then sees that reveal, with purpose and proof.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { Faults } from '../01/faults.ts';
import { openBrowser } from '../browser.ts';
import type { AcceptLine } from '../line.ts';
import { type Server, startServer } from '../server.ts';
import { signInDemo } from './desk.ts';
import { type Mailbox, openMailbox } from './mailbox.ts';
import { WORDS, type Words } from './words.ts';

const PATIENCE_MS = 60_000;
const AGENT = 'Mara Lindqvist';
const HELPER = 'Tomás Ferreira';
const OFFICER = 'Priya Raman';
const REASON = 'The parcel service needs a number.';

interface Subject {
  readonly id: string;
  readonly email: string;
  readonly order: string;
  readonly ticket: string;
}

interface Day {
  readonly browser: Browser;
  readonly server: Server;
  readonly mailbox: Mailbox;
  readonly words: Words;
  readonly subject: Subject;
  readonly faults: Faults;
}

export const line: AcceptLine = {
  issue: 4,
  number: 1,
  title: 'A support agent’s day and the privacy officer’s view of it, in Chromium, in English and Chinese',
  run: async ({ log }) => {
    const faults = new Faults(log);
    const mailbox = await openMailbox();
    const server = await startServer({
      env: { BAILEE_SMTP_URL: mailbox.url, BAILEE_MAIL_FROM: 'help@meadow-mill.example' },
    });
    const browser = await openBrowser();
    try {
      const subjects = await choose(server);
      for (const [at, words] of Object.values(WORDS).entries()) {
        const day: Day = { browser, server, mailbox, words, subject: subjects[at]!, faults };
        const index = await agentDay(day);
        await officerLooks(day, index);
        log(`${words.language}: done`);
      }
      return faults.verdict(`${faults.checks} checks in ${Object.keys(WORDS).length} languages`);
    } finally {
      await browser.close();
      await server.stop();
      await mailbox.close();
    }
  },
};

/** Customers of the demo with an open case about an order, an address and a phone. */
async function choose({ url, dataFolder }: Server): Promise<Subject[]> {
  const demo = JSON.parse(readFileSync(join(dataFolder, 'demo.json'), 'utf8')) as {
    customers: { id: string; email: string; orders: string[]; cases: string[] }[];
  };
  const desk = await signInDemo(url, 'support');
  const found: Subject[] = [];
  for (const { id, email, orders, cases } of demo.customers) {
    if (found.length === 2) break;
    const [order, ticket] = [orders[0], cases[0]];
    if (order === undefined || ticket === undefined) continue;
    const asking = { purpose: 'customer-service', evidence: { order }, fields: ['contact.phone'] };
    const { body } = await desk.post(`/api/customers/${id}/open`, asking);
    const phone = (body as { fields?: Record<string, { value?: unknown }> }).fields?.['contact.phone'];
    if (typeof phone?.value === 'string') found.push({ id, email, order, ticket });
  }
  if (found.length < 2) throw new Error('the demo has no customers to try with');
  return found;
}

async function signedIn({ browser, server, words }: Day, name: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${server.url}/console`);
  await page.getByRole('button', { name: words.language, exact: true }).click();
  await page.getByText(name).click();
  await page.getByRole('link', { name: words.home, exact: true }).waitFor();
  return page;
}

async function agentDay(day: Day): Promise<number> {
  const { words, subject, faults } = day;
  const page = await signedIn(day, AGENT);
  await page.getByRole('link', { name: words.find, exact: true }).click();
  await page.getByLabel(words.findWhat).fill(subject.order);
  await page.getByRole('button', { name: words.findDo, exact: true }).click();
  await page.getByRole('link', { name: words.open, exact: true }).first().click();
  const index = await reveal(day, page);
  await readAndAnswer(day, page);
  await complain(day, page);
  await page.context().close();
  faults.check(index > 0, 'the reveal has an entry of the ledger');
  return index;
}

async function reveal({ words, faults }: Day, page: Page): Promise<number> {
  const masked = page.getByText(/\*{4}/).first();
  await masked.waitFor();
  await page.getByRole('button', { name: words.reveal }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(words.phone, { exact: true }).check();
  await dialog.getByLabel(words.revealWhy).fill(REASON);
  const answered = page.waitForResponse((response) => response.url().endsWith('/open'));
  await dialog.getByRole('button', { name: words.revealDo, exact: true }).click();
  const { fields, opening } = (await (await answered).json()) as {
    fields: Record<string, { state: string; value: string }>;
    opening: { ledgerIndex: number };
  };
  const phone = fields['contact.phone'];
  faults.equal(phone?.state, 'revealed', 'the phone');
  await dialog.waitFor({ state: 'detached' });
  const digits = (text: string) => text.replace(/\D/g, '');
  const shown = digits(await page.locator('main').innerText());
  faults.check(shown.includes(digits(phone?.value ?? 'none')), 'the revealed phone is on the page');
  return opening.ledgerIndex;
}

/** The customer's case, read and answered; the answer comes by mail. */
async function readAndAnswer({ words, subject, faults, mailbox }: Day, page: Page): Promise<void> {
  await page.getByRole('tab', { name: words.cases }).click();
  await page.locator('[role=tabpanel] a[href*="/cases/"]').first().click();
  await page.getByLabel(words.answerText).fill(`${words.language}: Your parcel leaves today.`);
  const answered = page.waitForResponse((response) => response.url().endsWith('/messages'));
  await page.getByRole('button', { name: words.send, exact: true }).click();
  faults.equal((await answered).status(), 200, 'the answer');
  const mail = await mailbox.next(subject.email);
  faults.check(mail.includes('Your parcel leaves today.'), 'the customer got the answer by mail');
}

/** A complaint by phone, handed over to a colleague. */
async function complain({ words, subject, faults }: Day, page: Page): Promise<void> {
  await page.getByRole('link', { name: words.casesPage, exact: true }).first().click();
  await page.getByRole('button', { name: words.log }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(words.whichOrder).fill(subject.order);
  await dialog.getByRole('button', { name: words.next, exact: true }).click();
  await dialog.getByLabel(words.kind).selectOption({ label: words.complaint });
  await dialog.getByLabel(words.subject).fill('The kettle leaks');
  await dialog.getByLabel(words.text).fill('It leaks since the first day.');
  await dialog.locator('button[type=submit]').click();
  await page.waitForURL(/\/console\/cases\/[0-9a-f-]{36}/);
  const changed = page.waitForResponse(
    (response) =>
      response.request().method() === 'POST' && /\/api\/cases\/[0-9a-f-]{36}$/.test(response.url()),
  );
  await page.getByLabel(words.assignee).selectOption({ label: HELPER });
  const answer = await changed;
  faults.equal(answer.status(), 200, 'the hand-over');
  const { case: item } = (await answer.json()) as { case: { kind: string; assignee: string | null } };
  faults.equal(item.kind, 'complaint', 'what was logged');
  faults.check(item.assignee !== null, 'the complaint has somebody');
}

async function officerLooks(day: Day, index: number): Promise<void> {
  const { words, subject, faults, server } = day;
  const page = await signedIn(day, OFFICER);
  await page.getByRole('link', { name: words.find, exact: true }).click();
  await page.getByLabel(words.findWhat).fill(subject.order);
  await page.getByRole('button', { name: words.findDo, exact: true }).click();
  await page.getByRole('link', { name: words.open, exact: true }).first().click();
  await page.getByRole('tab', { name: words.looked }).click();
  const look = page.getByRole('listitem').filter({ hasText: new RegExp(` ${index}(?!\\d)`) });
  await look.first().waitFor();
  const text = await look.first().innerText();
  faults.check(text.includes(AGENT), 'the officer sees who revealed');
  faults.check(text.includes(words.purpose), 'the officer sees for which purpose');
  faults.check(text.includes(words.phone), 'the officer sees which field');
  const proof = await page.evaluate(
    async (address) => (await fetch(address)).json(),
    `${server.url}/api/ledger/entries/${index}`,
  );
  faults.check(Array.isArray((proof as { proof?: unknown }).proof), 'the entry has a proof');
  await page.context().close();
}
