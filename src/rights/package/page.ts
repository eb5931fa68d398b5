/** The package as a person reads it: sections of short blocks, which the page and the PDF show alike. */
import type { AccessDocument } from '../../../contract/access-package.ts';
import type { Block, Line, Page, Part } from '../paper/page.ts';
import { fill } from './fill.ts';
import type { Speech } from './words.ts';
import type { Words } from './words-en.ts';

/** `vkey`: the key that signs the package. */
export function pageOf(document: AccessDocument, speech: Speech, vkey: string): Page {
  const { words } = speech;
  const store = document.store.name;
  const part = (id: keyof Words & string, blocks: readonly Block[]): Part => ({
    id,
    title: words[id],
    blocks: blocks.length === 0 ? [{ text: words.nothing }] : blocks,
  });
  return {
    language: speech.language,
    title: fill(words.title, { store }),
    intro: document.about.erased ? words.introErased : fill(words.intro, { date: day(document.made) }),
    contents: words.contents,
    parts: [
      part('about', aboutBlocks(document, words)),
      part('values', valueBlocks(document, speech)),
      part('identifiers', identifierBlocks(document, speech)),
      part('orders', orderBlocks(document, speech)),
      part('cases', caseBlocks(document, speech)),
      part('events', eventBlocks(document, speech)),
      part('choices', choiceBlocks(document, speech)),
      part('tags', tagBlocks(document, speech)),
      part('openings', lookBlocks(document, speech)),
      part('requests', requestBlocks(document, words)),
      ...(document.quarantined.length === 0 ? [] : [part('quarantined', quarantinedBlocks(document, words))]),
      part('purposes', purposeBlocks(document, words)),
      part('recipients', [
        { text: document.recipients.says },
        ...document.recipients.recipients.map((text) => ({ text })),
      ]),
      part('automated', [{ text: document.automated }]),
      part(
        'elsewhere',
        document.elsewhere.map(({ what, because }) => ({ title: what, lines: [['', because]] })),
      ),
      part('rights', [{ text: words.rightsText }, { text: words.others }]),
      part('check', [{ text: fill(words.checkText, { store, vkey }) }]),
    ],
  };
}

/** `2026-11-26 19:05 UTC`: the same for everybody who reads it. */
function time(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

function day(at: string): string {
  return at.slice(0, 10);
}

/** What lies in a value, a line for each thing in it. */
function inside(value: unknown, name = ''): Line[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object')) return [[name, value.join(', ')]];
    return value.flatMap((item, nth) => inside(item, `${name} ${nth + 1}`.trim()));
  }
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, item]) =>
      inside(item, name === '' ? key : `${name} · ${key}`),
    );
  return [[name, String(value)]];
}

interface Held {
  readonly purposes: readonly string[];
  readonly retention: string;
  readonly described?: string;
}

/** Why and how long; of what is described, why it is. */
function whyLines({ retention }: AccessDocument, { words, purpose }: Speech, held: Held): Line[] {
  const rule = retention.find((each) => each.class === held.retention)?.rule ?? held.retention;
  return [
    ...(held.described === undefined ? [] : [['', held.described] as const]),
    [words.purpose, held.purposes.map(purpose).join(', ')],
    [words.kept, rule],
  ];
}

function aboutBlocks({ about }: AccessDocument, words: Words): Block[] {
  return [
    fill(words.aboutSince, { date: day(about.since) }),
    ...(about.together > 1 ? [fill(words.aboutTogether, { count: String(about.together) })] : []),
    ...(about.region === null ? [] : [fill(words.aboutRegion, { region: about.region })]),
    ...(about.restricted ? [words.aboutRestricted] : []),
  ].map((text) => ({ text }));
}

function valueBlocks(document: AccessDocument, speech: Speech): Block[] {
  const { words } = speech;
  return document.values.map((each) => {
    const from = new Set(
      each.sources.map((source) => words[source.from === 'shop' ? 'fromShop' : 'fromDevice']),
    );
    const since = each.sources.map((source) => source.since).sort()[0];
    return {
      title: each.called,
      lines: [
        ...inside(each.value),
        [words.since, since === undefined ? '' : day(since)],
        [words.source, [...from].join(', ')],
        ...whyLines(document, speech, each),
      ],
    };
  });
}

function identifierBlocks(document: AccessDocument, speech: Speech): Block[] {
  const { words, field } = speech;
  const names: Readonly<Record<string, string>> = {
    email: field('contact.email'),
    phone: field('contact.phone'),
    userId: field('account.userId'),
    anonymousId: field('behavior.anonymousId'),
  };
  return document.identifiers.map((each) => ({
    title: names[each.kind] ?? each.kind,
    lines: [
      ['', each.value],
      [words.state, each.verified ? words.verified : words.claimed],
      [words.since, day(each.since)],
      ...whyLines(document, speech, each),
    ],
  }));
}

function titleOf({ order, at }: AccessDocument['orders'][number], words: Words): string {
  const number = (order as { readonly orderId?: unknown } | null)?.orderId;
  return fill(words.order, { number: typeof number === 'string' ? number : day(at) });
}

function orderBlocks(document: AccessDocument, speech: Speech): Block[] {
  const { words } = speech;
  return document.orders.map((each) => {
    const { orderId: _number, ...rest } = (each.order ?? {}) as Record<string, unknown>;
    return {
      title: titleOf(each, words),
      lines: [
        [words.when, time(each.at)],
        ...inside(rest),
        ...inside(each.invoiceParty, words.party),
        ...whyLines(document, speech, each),
      ],
    };
  });
}

function caseBlocks(document: AccessDocument, speech: Speech): Block[] {
  const { words } = speech;
  return document.cases.map((each) => ({
    title: fill(words.case, { number: String(each.number) }),
    lines: [
      [words.when, time(each.at)],
      [words.state, each.status],
      ...(each.order === null ? [] : [['', titleOf(document.orders[each.order - 1]!, words)] as const]),
      ...inside(each.details),
      ...each.messages.flatMap((said): Line[] => {
        const who = said.from === 'customer' ? words.customer : words.shop;
        const label = `${who}, ${time(said.at)}`;
        return [
          ...(said.text === null ? [] : [[label, said.text] as const]),
          ...(said.changed === null ? [] : [[label, fill(words.changed, { what: said.changed })] as const]),
          ...said.files.map(
            (file) => [words.files, `${file.name ?? file.type}: ${file.path ?? words.fileKept}`] as const,
          ),
        ];
      }),
      ...whyLines(document, speech, each),
    ],
  }));
}

function eventBlocks(document: AccessDocument, speech: Speech): Block[] {
  return document.events.map((each) => ({
    title: `${each.name}, ${time(each.at)}`,
    lines: [...inside(each.value), ...whyLines(document, speech, each)],
  }));
}

function choiceBlocks({ choices }: AccessDocument, { words, purpose }: Speech): Block[] {
  const how: Readonly<Record<string, string>> = words;
  return choices.map((each) => ({
    title: `${purpose(each.purpose)}: ${words[each.state]}`,
    lines: [
      [words.when, time(each.at)],
      [words.how, how[each.how] ?? each.how],
      ...inside({ [words.channel]: each.channel ?? each.recipient }),
      ...inside({ [words.entry]: each.ledgerIndex }),
    ],
  }));
}

function tagBlocks({ tags }: AccessDocument, { words, purpose }: Speech): Block[] {
  return tags.map((each) => ({
    title: each.name,
    lines: [
      [words.what, each.meaning],
      [words.how, each.logic ?? words.tagByHand],
      [words.since, day(each.since)],
      [words.purpose, each.purposes.map(purpose).join(', ')],
      [words.kept, fill(words.keptTag, { date: day(each.until) })],
    ],
  }));
}

function lookBlocks({ openings }: AccessDocument, { words, purpose, field }: Speech): Block[] {
  return openings.map((each) => ({
    title: time(each.at),
    lines: [
      [words.role, each.role ?? each.by],
      ...inside({ [words.kind]: each.step === null ? each.kind : `${each.kind}: ${each.step}` }),
      ...inside({ [words.purpose]: each.purpose === null ? null : purpose(each.purpose) }),
      ...inside({ [words.what]: [...each.revealed, ...each.masked].map(field).join(', ') }),
      ...inside({ [words.entry]: each.ledgerIndex }),
    ],
  }));
}

function requestBlocks({ requests }: AccessDocument, words: Words): Block[] {
  return requests.map((each) => ({
    title: `${each.number}: ${each.kind}`,
    lines: [
      [words.when, time(each.received)],
      [words.state, each.state],
      [words.due, day(each.due)],
      ...inside({ [words.what]: each.refusedBecause }),
    ],
  }));
}

function quarantinedBlocks({ quarantined }: AccessDocument, words: Words): Block[] {
  return quarantined.map((each) => ({
    title: time(each.since),
    lines: [...inside(each.value), [words.kept, fill(words.keptQuarantine, { date: day(each.until) })]],
  }));
}

function purposeBlocks({ purposes }: AccessDocument, words: Words): Block[] {
  return purposes.map((each) => ({
    title: each.called,
    lines: [[words.basis, `${each.basis} (${each.source})`]],
  }));
}
