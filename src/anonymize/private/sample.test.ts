import { describe, expect, it } from 'vitest';
import { deviations, discreteGaussian, discreteLaplace } from '../../../test/kit/distribution.ts';
import { seededFill } from '../../../test/kit/seeded.ts';
import { bitsFrom } from './bits.ts';
import { chanceFrom } from './chance.ts';
import { gaussianNoise, laplaceNoise } from './sample.ts';

const DRAWS = 100_000;
const ALPHA = 1e-6;

describe('noise', () => {
  it.each(['1', '10', '10/3', '1/2', '1000'])(
    'of Laplace at scale %s has its exact distribution',
    (scale) => {
      const [top, bottom = 1] = scale.split('/').map(Number) as [number, number?];
      const noise = laplaceNoise(scale, seededFill(`laplace ${scale}`));
      expect(deviations(noise, discreteLaplace(top / bottom), DRAWS, ALPHA)).toEqual([]);
    },
  );

  it.each(['1', '25', '5/2', '1/3', '10000'])(
    'of Gauss with variance %s has its exact distribution',
    (variance) => {
      const [top, bottom = 1] = variance.split('/').map(Number) as [number, number?];
      const noise = gaussianNoise(variance, seededFill(`gaussian ${variance}`));
      expect(deviations(noise, discreteGaussian(top / bottom), DRAWS, ALPHA)).toEqual([]);
    },
  );

  it('keeps its distribution where fractions are so fine that only big integers hold them', () => {
    const fine = 10n ** 20n;
    const scale = { numerator: 10n * fine + 1n, denominator: fine };
    const variance = { numerator: 25n * fine + 1n, denominator: fine };
    const laplace = laplaceNoise(scale, seededFill('fine laplace'));
    const gaussian = gaussianNoise(variance, seededFill('fine gaussian'));
    expect(deviations(laplace, discreteLaplace(10), 20_000, ALPHA)).toEqual([]);
    expect(deviations(gaussian, discreteGaussian(25), 20_000, ALPHA)).toEqual([]);
  });

  it('is as wide as it should be where it passes 2^53', () => {
    const noise = laplaceNoise(1e20, seededFill('wide'));
    const draws = Array.from({ length: 4_000 }, () => Math.abs(Number(noise())));
    const mean = draws.reduce((sum, one) => sum + one, 0) / draws.length;
    expect(mean / 1e20).toBeGreaterThan(0.9);
    expect(mean / 1e20).toBeLessThan(1.1);
  });

  it('comes from the system when no source of bits is given', () => {
    const draws = (noise: () => bigint) => Array.from({ length: 50 }, noise).join();
    expect(draws(laplaceNoise(1000))).not.toBe(draws(laplaceNoise(1000)));
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 'wide'])('of size %s is refused', (size) => {
    expect(() => laplaceNoise(size)).toThrow(expect.objectContaining({ code: 'invalid_parameter' }));
    expect(() => gaussianNoise(size)).toThrow(expect.objectContaining({ code: 'invalid_parameter' }));
  });
});

describe('a uniform number', () => {
  it.each([1, 2, 3, 7, 100])('below %d is each of them equally often', (limit) => {
    const { below, belowBig } = bitsFrom(seededFill(`below ${limit}`));
    for (const draw of [() => below(limit), () => Number(belowBig(BigInt(limit)))]) {
      const counts = new Array<number>(limit).fill(0);
      for (let trial = 0; trial < 20_000; trial += 1) counts[draw()]! += 1;
      for (const count of counts) {
        const spread = Math.sqrt(20_000 / limit);
        expect(Math.abs(count - 20_000 / limit)).toBeLessThan(6 * spread + 1e-9);
      }
    }
  });

  it('stays below limits past 32 bits and reaches their upper half', () => {
    const { below } = bitsFrom(seededFill('wide limits'));
    for (const limit of [2 ** 32, 2 ** 32 + 1, 3 * 2 ** 40 + 5, 2 ** 53]) {
      const draws = Array.from({ length: 500 }, () => below(limit));
      expect(Math.max(...draws)).toBeLessThan(limit);
      expect(Math.max(...draws)).toBeGreaterThan(limit * 0.9);
      expect(draws.every(Number.isSafeInteger)).toBe(true);
    }
  });
});

describe('an event of chance e^-x', () => {
  it.each([
    [0, 1],
    [1, 1],
    [1, 3],
    [7, 2],
    [5_000_001, 10_000_001],
  ])('for x = %d/%d happens that often, on both ways to draw it', (top, bottom) => {
    const { exp, expBig } = chanceFrom(seededFill(`exp ${top}/${bottom}`));
    const due = Math.exp(-top / bottom);
    for (const draw of [() => exp(top, bottom), () => expBig(BigInt(top), BigInt(bottom))]) {
      let hits = 0;
      for (let trial = 0; trial < 20_000; trial += 1) if (draw()) hits += 1;
      const spread = Math.sqrt(due * (1 - due) * 20_000);
      expect(Math.abs(hits - due * 20_000)).toBeLessThanOrEqual(6 * spread);
    }
  });
});
