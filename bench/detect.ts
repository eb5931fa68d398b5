/** Finding personal data: raw speed, against a peer in JavaScript, and that the time grows in line with the length. */
import { OpenRedaction } from 'openredaction';
import { detect } from '../src/detect/detect.ts';
import { PATTERN_TYPES } from '../src/detect/types.ts';
import { type Bench, type Pair, timed } from './bench.ts';
import { hostilePieces, labelledTexts, oneLine } from './detect-texts.ts';

const LONG_UNITS = 2_000_000;
const WHOLE_UNITS = 50_000_000;
const SHORT_UNITS = 1024;
const PEER_TEXTS = 200;
/** Passes that either side runs before it is timed, so that both are compiled. */
const WARM_PASSES = 40;
const patterns = { types: PATTERN_TYPES };

/** Ours against the time that a matcher of `rate` megabytes (UTF-8) a second would take. */
function atRate(name: string, what: string, rate: number, options: Parameters<typeof detect>[1]): Bench {
  return {
    name,
    what,
    better: 'higher',
    goal: 1,
    async run(runs) {
      const text = oneLine(LONG_UNITS);
      const baselineMs = Buffer.byteLength(text) / 1e3 / rate;
      detect(text, options);
      const pairs: Pair[] = [];
      for (let run = 0; run < runs; run += 1)
        pairs.push({ oursMs: await timed(() => detect(text, options)), baselineMs });
      return pairs;
    },
  };
}

export const detectPatternsBench = atRate(
  'detect-patterns',
  'pattern types in 2 M units of text, against 8 MB/s',
  8,
  patterns,
);
export const detectAllBench = atRate('detect-all', 'all types in 2 M units of text, against 2 MB/s', 2, {});

export const detectPeerBench: Bench = {
  name: 'detect-peer',
  what: 'all types in 200 short texts, against openredaction',
  better: 'higher',
  goal: 20,
  async run(runs) {
    const texts = labelledTexts(PEER_TEXTS).map(({ text }) => text);
    const peer = new OpenRedaction({ redactionMode: 'placeholder' });
    const ours = () => {
      for (const text of texts) detect(text);
    };
    const theirs = async () => {
      for (const text of texts) await peer.detect(text);
    };
    for (let warm = 0; warm < WARM_PASSES; warm += 1) {
      ours();
      await theirs();
    }
    const pairs: Pair[] = [];
    for (let run = 0; run < runs; run += 1)
      pairs.push({ oursMs: await timed(ours), baselineMs: await timed(theirs) });
    return pairs;
  },
};

/** Both sides read the same number of units; one in pieces, one at once. */
export const detectLengthBench: Bench = {
  name: 'detect-length',
  what: 'one line of 50 M units, against the same in texts of 1,024',
  better: 'lower',
  goal: 1.3,
  async run(runs) {
    const whole = oneLine(WHOLE_UNITS);
    const pairs: Pair[] = [];
    for (let run = 0; run < Math.min(runs, 5); run += 1) {
      const oursMs = await timed(() => detect(whole, patterns));
      const baselineMs = await timed(() => {
        for (let at = 0; at < whole.length; at += SHORT_UNITS)
          detect(whole.slice(at, at + SHORT_UNITS).toWellFormed(), patterns);
      });
      pairs.push({ oursMs, baselineMs });
    }
    return pairs;
  },
};

/** The longest ratio among hostile inputs is told by its pair. */
export const detectHostileBench: Bench = {
  name: 'detect-hostile',
  what: '200 hostile inputs of 64 K units, against the same units in texts of 4,096 (all together)',
  better: 'lower',
  goal: 1.3,
  async run(runs) {
    const inputs = hostilePieces().map((piece) => piece.repeat(Math.ceil(65_536 / piece.length)));
    const pairs: Pair[] = [];
    for (let run = 0; run < runs; run += 1) {
      const oursMs = await timed(() => {
        for (const input of inputs) detect(input);
      });
      const baselineMs = await timed(() => {
        for (const input of inputs)
          for (let at = 0; at < input.length; at += 4096) detect(input.slice(at, at + 4096).toWellFormed());
      });
      pairs.push({ oursMs, baselineMs });
    }
    return pairs;
  },
};
