/**
 * The page at `GET /`: what Bailee is, and four things to try, with their commands and real answers.
 * Self-contained: no script, nothing from elsewhere, one style whose hash the server names in its
 * Content-Security-Policy.
 */
import { createHash } from 'node:crypto';
import { escapeHtml, jsonHtml, phrase } from './markup.ts';
import {
  connectSnippet,
  firstFind,
  type WelcomeCommand,
  type WelcomeDemo,
  welcomeCommands,
} from './welcome-commands.ts';
import { WELCOME_STYLE } from './welcome-style.ts';
import { CHINESE, ENGLISH, type WelcomeLanguage, type WelcomeTexts } from './welcome-texts.ts';

/** What the commands answered. `erase` is null until someone ran it. */
export interface WelcomeAnswers {
  readonly find: unknown;
  readonly open: unknown;
  readonly erase: unknown;
  readonly verify: string;
}

export interface WelcomeInput {
  /** Where this server answers, without a slash at the end. */
  readonly url: string;
  readonly version: string;
  readonly engine: 'pglite' | 'postgres';
  readonly lang: WelcomeLanguage;
  /** Null for a real store: the page then shows no keys and no answers. */
  readonly demo: WelcomeDemo | null;
  readonly answers: WelcomeAnswers | null;
  /** Addresses of what exists; a link that is not given is not shown. */
  readonly links?: {
    readonly shop?: string;
    readonly console?: string;
    readonly docs?: string;
    readonly openapi?: string;
  };
}

/** A source for `style-src`, to be put in single quotes: `'sha256-…'`. */
export const WELCOME_CSP_STYLE_HASH = `sha256-${createHash('sha256').update(WELCOME_STYLE).digest('base64')}`;

const MARK =
  '<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false"><path fill="none" stroke="currentColor" stroke-width="2.6" stroke-linejoin="round" d="M4 13 16 5l12 8v14H4z"/><circle cx="16" cy="17" r="2.8" fill="currentColor"/><path fill="currentColor" d="M14.8 18h2.4l1 6h-4.4z"/></svg>';

/** The language of the page: `?lang=` first, then the first known one of `Accept-Language`, else English. */
export function welcomeLanguage(
  query: string | undefined,
  acceptLanguage: string | undefined,
): WelcomeLanguage {
  const asked = query ?? preferred(acceptLanguage ?? '');
  return /^zh\b/i.test(asked) ? 'zh-CN' : 'en';
}

/** The first of `en` and `zh` by weight (RFC 9110 §12.5.4). */
function preferred(header: string): string {
  const ranges = header.split(',').map((range) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    return { tag, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
  });
  const known = ranges.filter(({ tag, weight }) => weight > 0 && /^(en|zh)\b/i.test(tag));
  return known.sort((a, b) => b.weight - a.weight)[0]?.tag ?? 'en';
}

/** The page as HTML (UTF-8). Every value is escaped. */
export function welcomePage(input: WelcomeInput): string {
  const texts = input.lang === 'zh-CN' ? CHINESE : ENGLISH;
  return `<!doctype html>
<html lang="${input.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(texts.title)}</title>
<style>${WELCOME_STYLE}</style>
</head>
<body>
<a class="skip" href="#try">${escapeHtml(texts.skip)}</a>
<div class="wrap">
${top(input, texts)}
<main>
${hero(input, texts)}
${input.demo === null ? begin(input, texts) : tour(input, input.demo, texts)}
${next(input, texts)}
</main>
<footer>Bailee ${escapeHtml(input.version)} · Apache-2.0</footer>
</div>
</body>
</html>
`;
}

function top(input: WelcomeInput, texts: WelcomeTexts): string {
  const language = (lang: WelcomeLanguage, name: string) =>
    `<a href="?lang=${lang}" hreflang="${lang}" lang="${lang}"${input.lang === lang ? ' aria-current="true"' : ''}>${name}</a>`;
  return `<header class="bar">
<span class="brand">${MARK}Bailee</span>
<nav class="lang" aria-label="${escapeHtml(texts.languages)}">${language('en', 'English')}${language('zh-CN', '简体中文')}</nav>
</header>`;
}

function hero(input: WelcomeInput, texts: WelcomeTexts): string {
  const facts = [input.url, `v${input.version}`, texts.engine[input.engine]];
  const { demo } = input;
  return `<div class="hero">
<h1>${escapeHtml(texts.motto)}</h1>
<p class="lead">${escapeHtml(texts.lead)}</p>
<ul class="facts">${facts.map((fact) => `<li>${escapeHtml(fact)}</li>`).join('')}</ul>
</div>
${demo === null ? '' : `<p class="note">${phrase(texts.demo, { store: demo.store })}${shopLink(input, texts)}${consoleLink(input, texts)}</p>`}
${input.engine === 'pglite' ? `<p class="note trial">${phrase(texts.trial)}</p>` : ''}`;
}

function consoleLink({ links }: WelcomeInput, texts: WelcomeTexts): string {
  if (links?.console === undefined) return '';
  return ` <a href="${escapeHtml(links.console)}">${escapeHtml(texts.links.console)}</a>`;
}

function shopLink({ links, lang }: WelcomeInput, texts: WelcomeTexts): string {
  if (links?.shop === undefined) return '';
  return ` <a href="${escapeHtml(links.shop)}?lang=${lang}">${escapeHtml(texts.links.shop)}</a>`;
}

function tour(input: WelcomeInput, demo: WelcomeDemo, texts: WelcomeTexts): string {
  const commands = welcomeCommands(input.url, demo);
  const answers = input.answers ?? { find: null, open: null, erase: null, verify: '' };
  const { customer, order, ticket } = demo;
  const values = { name: customer.name, order, ticket };
  const { support, officer, nobody } = texts.keyOf;
  const one = (name: keyof typeof commands, who: string, answer: string) =>
    step(name, phrase(texts.steps[name].why, values), who, commands[name], answer, texts);
  return `<section aria-labelledby="try">
<h2 id="try">${escapeHtml(texts.tryIt)}</h2>
<p class="hint">${escapeHtml(texts.copyHint)}</p>
<ol class="steps">
${one('find', support, jsonBox(answers.find, texts))}
${one('open', support, openAnswer(answers.open, texts))}
${one('erase', officer, answers.erase === null ? `<p class="hint">${escapeHtml(texts.notRun)}</p>` : jsonBox(answers.erase, texts))}
${one('verify', nobody, textBox(escapeHtml(answers.verify), texts))}
</ol>
</section>
${connect(input.url, demo.serverWriteKey, texts)}`;
}

function step(
  name: keyof WelcomeTexts['steps'],
  why: string,
  who: string,
  command: WelcomeCommand,
  answer: string,
  texts: WelcomeTexts,
): string {
  const other = (title: string, text: string | undefined) =>
    text === undefined ? '' : `<h4>${escapeHtml(title)}</h4>${copyBox(text)}`;
  return `<li class="step" id="${name}">
<header><h3>${escapeHtml(texts.steps[name].title)}</h3><span class="who">${escapeHtml(who)}</span></header>
<p>${why}</p>
${other(texts.before, command.before)}
<h4>${escapeHtml(texts.command)}</h4>${copyBox(command.first)}
${other(texts.orCommandLine, command.cli)}
<h4>${escapeHtml(texts.answer)}</h4>${answer}
${other(texts.beneath, command.beneath)}
</li>`;
}

function copyBox(command: string): string {
  return `<pre class="copy" tabindex="0"><code>${escapeHtml(command)}</code></pre>`;
}

function textBox(html: string, texts: WelcomeTexts): string {
  return `<pre class="answer" tabindex="0" role="region" aria-label="${escapeHtml(texts.answer)}"><code>${html}</code></pre>`;
}

function jsonBox(answer: unknown, texts: WelcomeTexts): string {
  return textBox(jsonHtml(answer), texts);
}

/** An opening as a table, with the whole answer folded below it. */
function openAnswer(answer: unknown, texts: WelcomeTexts): string {
  const rows = fieldsOf(answer).map(([name, field]) => row(name, field, texts));
  if (rows.length === 0) return jsonBox(answer, texts);
  const heads = [texts.columns.field, texts.columns.state, texts.columns.value, texts.columns.because];
  const head = heads.map((title) => `<th scope="col" role="columnheader">${escapeHtml(title)}</th>`).join('');
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(texts.answer)}">
<table role="table"><thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">${rows.join('\n')}</tbody></table></div>
<details><summary>${escapeHtml(texts.wholeAnswer)}</summary>${jsonBox(answer, texts)}</details>`;
}

function row(name: string, field: Readonly<Record<string, unknown>>, texts: WelcomeTexts): string {
  const state = String(field.state);
  const known = state === 'revealed' || state === 'masked' || state === 'withheld';
  return `<tr role="row"><th scope="row" role="rowheader">${escapeHtml(name)}</th>
<td role="cell"><span class="state${known ? ` ${state}` : ''}">${escapeHtml(known ? texts.states[state] : state)}</span></td>
<td role="cell" class="v"><bdi>${escapeHtml(shown(field.value))}</bdi></td><td role="cell" class="b">${escapeHtml(reasons(field.because))}</td></tr>`;
}

function fieldsOf(answer: unknown): [string, Readonly<Record<string, unknown>>][] {
  if (!isRecord(answer) || !isRecord(answer.fields)) return [];
  return Object.entries(answer.fields).flatMap(([name, field]) => (isRecord(field) ? [[name, field]] : []));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return '—';
  if (isRecord(value)) return Object.values(value).map(shown).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function reasons(because: unknown): string {
  if (!Array.isArray(because)) return '';
  const sources = because.filter(isRecord).map((reason) => `${reason.rule} (${reason.source})`);
  return [...new Set(sources)].join('; ');
}

function connect(url: string, writeKey: string | null, texts: WelcomeTexts): string {
  return `<section aria-labelledby="connect">
<h2 id="connect">${escapeHtml(texts.connect)}</h2>
<p class="hint">${phrase(texts.connectWhy)}</p>
<div class="panel">${copyBox(connectSnippet(url, writeKey))}
<p>${phrase(texts.connectAfter)}</p></div>
</section>`;
}

/** A real store: what to do with the keys that were printed once. */
function begin(input: WelcomeInput, texts: WelcomeTexts): string {
  const [key, send, find] = texts.beginSteps;
  return `<section aria-labelledby="try">
<h2 id="try">${escapeHtml(texts.begin)}</h2>
<p class="hint">${phrase(texts.beginWhy)}</p>
<ol class="steps">
<li class="step plain"><p>${phrase(key)}</p></li>
<li class="step plain"><p>${phrase(send)}</p>${copyBox(connectSnippet(input.url, null))}<p>${phrase(texts.connectAfter)}</p></li>
<li class="step plain"><p>${phrase(find)}</p>${copyBox(firstFind(input.url))}</li>
</ol>
</section>`;
}

function next(input: WelcomeInput, texts: WelcomeTexts): string {
  const { docs, openapi } = input.links ?? {};
  const link = (href: string | undefined, title: string) =>
    href === undefined ? '' : `<li><a href="${escapeHtml(href)}">${escapeHtml(title)}</a></li>`;
  return `<section aria-labelledby="next">
<h2 id="next">${escapeHtml(texts.next)}</h2>
<ul class="more">${link(docs, texts.links.docs)}${link(openapi, texts.links.openapi)}${link('/ledger/checkpoint', texts.links.checkpoint)}</ul>
</section>`;
}
