/** Text to HTML: whatever a store or a customer wrote arrives on a page as text, never as markup. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Safe as element content and inside quoted attributes. Control characters become U+FFFD. */
export function escapeHtml(text: string): string {
  return (
    text
      .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\uFFFD')
  );
}

/** Escapes, fills `{name}` and its like with escaped values, and turns `backticks` into code. */
export function phrase(text: string, values: Readonly<Record<string, string>> = {}): string {
  return escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\{(\w+)\}/g, (whole, key: string) => {
      const value = Object.hasOwn(values, key) ? values[key] : undefined;
      return value === undefined ? whole : `<bdi>${escapeHtml(value)}</bdi>`;
    });
}

/** Indented JSON with names, strings and numbers marked for color. `undefined` shows as null. */
export function jsonHtml(value: unknown): string {
  const text = JSON.stringify(value, null, 2) ?? 'null';
  const token = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)/g;
  let html = '';
  let done = 0;
  for (const match of text.matchAll(token)) {
    const [whole, string, colon = '', plain] = match;
    const kind = string === undefined ? 'n' : colon === '' ? 's' : 'k';
    html += escapeHtml(text.slice(done, match.index));
    html += `<span class="${kind}">${escapeHtml(string ?? plain ?? '')}</span>${colon}`;
    done = match.index + whole.length;
  }
  return html + escapeHtml(text.slice(done));
}
