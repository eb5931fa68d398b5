import { describe, expect, it } from 'vitest';
import { PRODUCTS, priceIn } from './products.ts';

describe('what the demo shop sells', () => {
  it('is forty products, each with an id and a stock number of its own', () => {
    expect(PRODUCTS).toHaveLength(40);
    expect(new Set(PRODUCTS.map((product) => product.id)).size).toBe(40);
    expect(new Set(PRODUCTS.map((product) => product.sku)).size).toBe(40);
  });

  it('has a few products that tell of a health condition, and they are sensitive', () => {
    const sensitive = PRODUCTS.filter((product) => product.sensitivity !== 'ordinary');
    expect(sensitive.length).toBeGreaterThanOrEqual(3);
    expect(sensitive.every((product) => product.category === 'Health')).toBe(true);
  });

  it('costs whole yen, and cents without a rest of the division', () => {
    expect(priceIn(890, 160, 0)).toBe(1420);
    expect(priceIn(7900, 0.86, 2)).toBe(67.9);
  });
});
