/** `data.json`: what was opened of a customer, with why, since when, from where and how long. Each value stands once. */
import type { AccessDocument } from '../../../contract/access-package.ts';
import { PURPOSES, type RetentionClass } from '../../../contract/names.ts';
import type { Held, Whole, WholeFile } from '../../gate/whole-types.ts';
import { PURPOSE_BASIS, type PurposeBasis } from '../../law/purposes.ts';
import type { LegalBasis } from '../../law/types.ts';
import type { RecipientRow } from '../../vault/recipients.ts';
import { SUBJECT_MAP } from '../../vault/subject-map.ts';
import { fill } from './fill.ts';
import type { Speech } from './words.ts';
import type { Words } from './words-en.ts';

export interface FileInside {
  readonly path: string;
  readonly content: Buffer;
}

const BASIS: Readonly<Record<LegalBasis, keyof Words>> = {
  contract: 'basisContract',
  'legal-obligation': 'basisDuty',
  'legitimate-interest': 'basisInterest',
  consent: 'basisConsent',
};
const KEPT: Readonly<Record<RetentionClass, keyof Words>> = {
  identity: 'keptIdentity',
  commerce: 'keptCommerce',
  behavior: 'keptBehavior',
  service: 'keptService',
  sensitive: 'keptSensitive',
};
/** What customers are found by serves every necessary purpose. */
const FOUND_FOR = ['order-fulfilment', 'customer-service', 'fraud-prevention', 'legal-duty'];

/** Whom the shop named as those who get data of its customers, and for what; those who got it once, too. */
function recipientsOf(rows: readonly RecipientRow[], { words, field, purpose }: Speech) {
  const list = (names: readonly string[]) => names.join(', ');
  return {
    recipients: rows.map(
      ({ name, purposes, fields }) =>
        `${name}: ${list(purposes.map(purpose))}${fields.length === 0 ? '' : ` (${list(fields.map(field))})`}`,
    ),
    says: rows.length === 0 ? words.recipientsNone : words.recipientsSome,
  };
}

/** The document, and the files that lie beside it. `at`: UTC milliseconds. */
export function documentOf(
  whole: Whole,
  speech: Speech,
  at: number,
  recipients: readonly RecipientRow[],
): { readonly document: AccessDocument; readonly files: readonly FileInside[] } {
  const files: FileInside[] = [];
  const document: AccessDocument = {
    type: 'bailee-access-package/v1',
    made: new Date(at).toISOString(),
    language: speech.language,
    store: whole.store,
    about: aboutOf(whole),
    purposes: purposesOf(speech),
    retention: Object.entries(KEPT).map(([name, key]) => ({ class: name, rule: speech.words[key] })),
    recipients: recipientsOf(recipients, speech),
    automated: automatedOf(whole, speech.words),
    values: whole.values.map(({ field, value, sources, ...held }) => ({
      field,
      called: speech.field(field),
      value,
      sources: sources.map(({ from, at: said, since }) => ({ from, at: iso(said), since: iso(since) })),
      ...heldOf(held, speech),
    })),
    identifiers: whole.identifiers.map(({ since, ...each }) => ({
      ...each,
      since: iso(since),
      purposes: FOUND_FOR,
    })),
    orders: whole.orders.map(({ at: placed, order, party, ...held }) => ({
      at: iso(placed),
      from: 'shop' as const,
      order,
      invoiceParty: party,
      ...heldOf(held, speech),
    })),
    cases: casesOf(whole, speech, files),
    events: whole.events.map(({ name, at: happened, received, value, ...held }) => ({
      name,
      at: iso(happened),
      since: iso(received),
      from: 'shop-or-device' as const,
      value,
      ...heldOf(held, speech),
    })),
    choices: choicesOf(whole),
    tags: tagsOf(whole, speech.words),
    openings: openingsOf(whole),
    requests: whole.requests.map((row) => ({
      ...{ number: row.number, kind: row.kind, state: row.state, refusedBecause: row.refused_because },
      received: iso(row.received_at),
      due: iso(row.due_at),
      ended: row.ended_at === null ? null : iso(row.ended_at),
    })),
    quarantined: whole.quarantined.map(({ code, received, until, value }) => ({
      code,
      since: iso(received),
      until: iso(until),
      value,
    })),
    elsewhere: SUBJECT_MAP.flatMap(({ holds, access }) =>
      'because' in access
        ? [{ what: speech.language === 'en' ? holds.en : holds.zh, because: access.because }]
        : [],
    ),
    opening: whole.opening,
  };
  return { document, files };
}

function iso(at: Date): string {
  return at.toISOString();
}

/** Whatever else a type holds stays behind: nothing is written that the schema does not name. */
function heldOf({ state, purposes, retention, because }: Held, { words }: Speech) {
  const own = { purposes: [...purposes], retention };
  if (state === 'given') return own;
  const law = because.find(({ rule }) => rule.startsWith('law.'));
  const described =
    law === undefined ? words.describedReason : fill(words.describedLaw, { source: law.source });
  return { ...own, described, because: because.map(({ rule, source }) => ({ rule, source })) };
}

function aboutOf({ customer, about, links, restricted, erased }: Whole): AccessDocument['about'] {
  const regions = new Set(about.flatMap(({ region }) => region ?? []));
  return {
    customer,
    since: iso(about.map((each) => each.created_at).reduce((a, b) => (a < b ? a : b))),
    together: about.length,
    region: regions.size === 1 ? [...regions][0]! : null,
    restricted,
    erased,
    links: links.map(({ because, valid_from, valid_to }) => ({
      because,
      since: iso(valid_from),
      until: valid_to === null ? null : iso(valid_to),
    })),
  };
}

function purposesOf({ words, purpose }: Speech): AccessDocument['purposes'] {
  return PURPOSES.map((name) => {
    const { basis, reason, purposeIri } = PURPOSE_BASIS.get(name) as PurposeBasis;
    return {
      name,
      called: purpose(name),
      basis: words[BASIS[basis]],
      source: reason.source,
      iri: purposeIri,
    };
  });
}

function automatedOf({ tags }: Whole, words: Words): string {
  return tags.some(({ by_type }) => by_type === 'job') ? words.automatedTags : words.automatedNone;
}

/** What a rule counts, in words; null for a tag that a person gave. */
function logicOf(tag: Whole['tags'][number], words: Words): string | null {
  if (tag.by_type !== 'job' || tag.rule === null) return null;
  return fill(words.automatedRule, {
    atLeast: String(tag.at_least),
    days: String(tag.within_days),
    counts: tag.rule === 'orders' ? words.countsOrders : words.countsCases,
  });
}

function casesOf({ cases }: Whole, speech: Speech, files: FileInside[]): AccessDocument['cases'] {
  return cases.map(
    ({ at, details, order, messages, number, kind, topic, channel, status, satisfaction, ...held }) => ({
      ...{ number, kind, topic, channel, status, satisfaction },
      at: iso(at),
      details,
      order,
      messages: messages.map((message) => ({
        kind: message.kind,
        at: iso(message.at),
        from: message.from,
        text: message.text,
        changed: (message.change as { readonly what: string } | null)?.what ?? null,
        files: message.files.map((file) => fileOf(file, files)),
      })),
      ...heldOf(held, speech),
    }),
  );
}

const ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'text/plain': 'txt',
};

/** Files are numbered: a name that somebody chose never names anything in a ZIP. */
function fileOf({ name, type, bytes, at, content }: WholeFile, files: FileInside[]) {
  const path =
    content === null ? null : `files/${String(files.length + 1).padStart(4, '0')}.${ENDINGS[type] ?? 'bin'}`;
  if (content !== null && path !== null) files.push({ path, content });
  return { name, type, bytes, at: iso(at), path };
}

function choicesOf({ choices }: Whole): AccessDocument['choices'] {
  return choices.map((row) => ({
    at: iso(row.received_at),
    purpose: row.purpose,
    channel: row.channel,
    recipient: row.recipient,
    state: row.state === 'granted' ? 'granted' : 'refused',
    how: row.how,
    byGuardian: row.by_guardian,
    notice: row.notice,
    noticeLanguage: row.notice_language,
    place: row.place,
    region: row.region,
    until: row.expires_at === null ? null : iso(row.expires_at),
    ledgerIndex: row.ledger_index === null ? null : Number(row.ledger_index),
  }));
}

function tagsOf({ tags }: Whole, words: Words): AccessDocument['tags'] {
  return tags.map((row) => ({
    name: row.name,
    meaning: row.meaning,
    by: row.by_type === 'job' ? 'rule' : 'person',
    logic: logicOf(row, words),
    evidence: row.evidence,
    since: iso(row.given_at),
    until: iso(row.until),
    removed: row.removed_at === null ? null : iso(row.removed_at),
    purposes: row.purposes,
  }));
}

/** In which role somebody looked; never who. */
function openingsOf({ openings }: Whole): AccessDocument['openings'] {
  return openings.map(({ at, kind, step, actor, purpose, evidence, revealed, masked, ledgerIndex }) => ({
    ...{ at, kind, step, by: actor.type, role: actor.role, purpose, evidence, ledgerIndex },
    revealed: [...revealed],
    masked: [...masked],
  }));
}
