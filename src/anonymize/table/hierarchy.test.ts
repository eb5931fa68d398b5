import { describe, expect, it } from 'vitest';
import { readHierarchy } from './hierarchy.ts';

describe('a hierarchy', () => {
  it('knows of each node how many values it stands for', () => {
    const read = readHierarchy('city', [
      ['Kyoto', 'Japan', '*'],
      ['Osaka', 'Japan', '*'],
      ['Seoul', 'Korea', '*'],
    ]);
    expect(read.levels).toBe(3);
    expect(read.labels[1]).toEqual(['Japan', 'Korea']);
    expect([...read.size[1]!]).toEqual([2, 1]);
    expect([...read.size[2]!]).toEqual([3]);
  });

  it.each([
    ['nothing', [], /line 1: it is empty/],
    [
      'a line that is shorter',
      [
        ['a', 'x', '*'],
        ['b', '*'],
      ],
      /line 2: the line has 2 levels/,
    ],
    [
      'a value twice',
      [
        ['a', '*'],
        ['a', '*'],
      ],
      /line 2: the value stands there twice/,
    ],
    [
      'a node with two parents',
      [
        ['a', 'x', 'north', '*'],
        ['b', 'x', 'south', '*'],
      ],
      /line 2: it is not a tree: a node of level 1 has two parents/,
    ],
    [
      'two roots',
      [
        ['a', 'x'],
        ['b', 'y'],
      ],
      /line 2: it has no common root/,
    ],
    ['more levels than any hierarchy', [Array.from({ length: 65 }, () => 'a')], /more than 64 levels/],
  ])('with %s is refused, naming the line', (_, lines, message) => {
    expect(() => readHierarchy('city', lines)).toThrow(message);
    expect(() => readHierarchy('city', lines)).toThrow(/^The hierarchy of city/);
  });
});
