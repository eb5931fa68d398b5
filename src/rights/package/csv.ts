/** The same as tables (RFC 4180, with the formulas of spreadsheets made harmless), one file a kind. */
import type { AccessDocument } from '../../../contract/access-package.ts';

type Cell = string | number | boolean | null | undefined;

/** A spreadsheet runs what begins with one of these (OWASP, CSV injection). */
const FORMULA = /^(?:[\t\r]|\s*[=+\-@＝＋－＠])/;

/** One row a line, CRLF; a first row of names. */
export function csv(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

function flat(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}

/** By name of the file. */
export function tablesOf(document: AccessDocument): Record<string, string> {
  return { ...heldTables(document), ...doneTables(document) };
}

function heldTables(document: AccessDocument): Record<string, string> {
  return {
    'csv/values.csv': csv(
      ['field', 'called', 'value', 'purposes', 'retention', 'from', 'since', 'described'],
      document.values.map((each) => [
        each.field,
        each.called,
        flat(each.value),
        each.purposes.join(' '),
        each.retention,
        each.sources.map(({ from }) => from).join(' '),
        each.sources[0]?.since,
        each.described,
      ]),
    ),
    'csv/identifiers.csv': csv(
      ['kind', 'value', 'verified', 'since'],
      document.identifiers.map(({ kind, value, verified, since }) => [kind, value, verified, since]),
    ),
    'csv/orders.csv': csv(
      ['at', 'order', 'invoiceParty', 'purposes', 'retention'],
      document.orders.map((each) => [
        each.at,
        flat(each.order),
        flat(each.invoiceParty),
        each.purposes.join(' '),
        each.retention,
      ]),
    ),
    'csv/cases.csv': csv(
      ['case', 'at', 'from', 'kind', 'order', 'text', 'files'],
      document.cases.flatMap((each) => [
        [each.number, each.at, 'customer', each.kind, each.order, flat(each.details), null],
        ...each.messages.map((said) => [
          each.number,
          said.at,
          said.from,
          said.kind,
          null,
          said.text ?? said.changed,
          said.files.map(({ path }) => path ?? '').join(' '),
        ]),
      ]),
    ),
    'csv/events.csv': csv(
      ['at', 'since', 'name', 'value', 'purposes', 'retention', 'described'],
      document.events.map((each) => [
        each.at,
        each.since,
        each.name,
        flat(each.value),
        each.purposes.join(' '),
        each.retention,
        each.described,
      ]),
    ),
  };
}

function doneTables(document: AccessDocument): Record<string, string> {
  return {
    'csv/choices.csv': csv(
      ['at', 'purpose', 'channel', 'recipient', 'state', 'how', 'notice', 'until', 'ledgerIndex'],
      document.choices.map((each) => [
        ...[each.at, each.purpose, each.channel, each.recipient, each.state, each.how],
        ...[each.notice, each.until, each.ledgerIndex],
      ]),
    ),
    'csv/tags.csv': csv(
      ['name', 'meaning', 'by', 'since', 'until', 'removed', 'purposes'],
      document.tags.map((each) => [
        ...[each.name, each.meaning, each.by, each.since, each.until, each.removed],
        each.purposes.join(' '),
      ]),
    ),
    'csv/openings.csv': csv(
      ['at', 'kind', 'role', 'purpose', 'evidence', 'revealed', 'masked', 'ledgerIndex'],
      document.openings.map((each) => [
        ...[each.at, each.kind, each.role ?? each.by, each.purpose, each.evidence],
        ...[each.revealed.join(' '), each.masked.join(' '), each.ledgerIndex],
      ]),
    ),
    'csv/requests.csv': csv(
      ['number', 'kind', 'state', 'received', 'due', 'ended', 'refusedBecause'],
      document.requests.map((each) => [
        ...[each.number, each.kind, each.state, each.received, each.due, each.ended, each.refusedBecause],
      ]),
    ),
    'csv/quarantined.csv': csv(
      ['since', 'until', 'code', 'value'],
      document.quarantined.map((each) => [each.since, each.until, each.code, flat(each.value)]),
    ),
  };
}
