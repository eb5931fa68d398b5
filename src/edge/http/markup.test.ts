import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml, jsonHtml, phrase } from './markup.ts';

describe('text on a page', () => {
  it('never opens a tag, ends an attribute or carries a control character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
        expect(escapeHtml(`${text}\u0000`)).not.toContain('\u0000');
      }),
    );
  });

  it('keeps the values of JSON apart from its names, and all of them as text', () => {
    expect(jsonHtml({ a: '<b>', n: -1.5 })).toBe(
      '{\n  <span class="k">&quot;a&quot;</span>: <span class="s">&quot;&lt;b&gt;&quot;</span>,\n' +
        '  <span class="k">&quot;n&quot;</span>: <span class="n">-1.5</span>\n}',
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = jsonHtml(value).replace(/<\/?span(?: class="[ksn]")?>/g, '');
        expect(text).toBe(escapeHtml(JSON.stringify(value, null, 2)));
      }),
    );
  });

  it('fills a sentence with values, which are never read as part of it', () => {
    expect(phrase('See `x` of {who}', { who: '`{who}` & co' })).toBe(
      'See <code>x</code> of <bdi>`{who}` &amp; co</bdi>',
    );
    expect(phrase('{constructor} {gone}')).toBe('{constructor} {gone}');
  });
});
