/** Speed, from the bench, and the score of the peer that it is measured against. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OpenRedaction } from 'openredaction';
import { labelledTexts } from '../../bench/detect-texts.ts';
import type { AcceptLine } from '../line.ts';
import { detectAll } from './detect-cli.ts';
import { countByType, f1Of, type Labelled, type Span, typesOf } from './spans.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const NAMES = ['detect-patterns', 'detect-all', 'detect-peer', 'detect-length', 'detect-hostile'];
const QUICK_NAMES = ['detect-patterns', 'detect-all', 'detect-peer'];
const TEXTS = 200;

interface Result {
  readonly name: string;
  readonly better: 'higher' | 'lower';
  readonly goal: number;
  readonly ratio: number;
}

export const line: AcceptLine = {
  issue: 3,
  number: 2,
  title: 'Speed of finding, alone, against a peer, by length and on hostile inputs',
  // A figure of speed on a machine that others share judges nothing: it is taken by hand.
  quick: false,
  async run({ quick, log }) {
    const results = await bench(quick ? QUICK_NAMES : NAMES);
    const missed = results.filter(({ better, ratio, goal }) =>
      better === 'higher' ? ratio < goal : ratio > goal,
    );
    const texts: Labelled[] = labelledTexts(TEXTS).map((each, id) => ({ ...each, id, template: id }));
    const known = typesOf(texts);
    const ours = f1Of(countByType(texts, await detectAll(texts), known), () => true);
    const peer = f1Of(countByType(texts, await peerAnswers(texts), known), () => true);
    const told = results
      .map(({ name, ratio, goal }) => `${name} ${ratio.toFixed(2)} (goal ${goal})`)
      .join('; ');
    log(told);
    return {
      pass: missed.length === 0 && ours > peer,
      figure: `${told}; F1 ${ours.toFixed(3)} against ${peer.toFixed(3)} of the peer`,
    };
  },
};

async function bench(names: readonly string[]): Promise<Result[]> {
  const args = [join(ROOT, 'dist/bench/run.js'), '--json', ...names];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the bench ended with ${code}`);
  return JSON.parse(text) as Result[];
}

/** The peer's names for the same types, by their beginnings. */
const PEER: readonly (readonly [RegExp, string])[] = [
  [/^EMAIL/, 'EMAIL'],
  [/^PHONE/, 'PHONE'],
  [/^(?:CREDIT_CARD|DEBIT_CARD|CARD)/, 'PAYMENT_CARD'],
  [/^IBAN/, 'IBAN'],
  [/^IP(?:V4|V6|_)/, 'IP'],
  [/^(?:NAME|PERSON)/, 'PERSON'],
  [/^ADDRESS/, 'ADDRESS'],
];

async function peerAnswers(texts: readonly Labelled[]): Promise<Map<string, readonly Span[]>> {
  const peer = new OpenRedaction({ redactionMode: 'placeholder' });
  const answers = new Map<string, readonly Span[]>();
  for (const { id, text } of texts) {
    const { detections } = await peer.detect(text);
    const spans = detections.flatMap(({ type, position: [start, end] }) => {
      const name = PEER.find(([pattern]) => pattern.test(type))?.[1];
      return name === undefined ? [] : [{ start, end, type: name }];
    });
    answers.set(String(id), spans);
  }
  return answers;
}
