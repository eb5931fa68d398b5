/**
 * Compares what was answered with what a document shows. `…` stands for what differs from run to run: any
 * text inside a line, any lines where it is a line of its own, any further members of an object (`"…": "…"`)
 * and any further items of a list. The index of a ledger entry is any whole number.
 */

/** Null when they agree, else where they do not. */
export function difference(language: string, shown: string, answered: string): string | null {
  if (language !== 'json') return textDiffers(shown, answered);
  let value: unknown;
  try {
    value = JSON.parse(answered);
  } catch {
    return `the answer is not JSON: ${answered.slice(0, 300)}`;
  }
  return jsonDiffers(JSON.parse(shown), value, '');
}

function textDiffers(shown: string, answered: string): string | null {
  const pattern = shown
    .trim()
    .split('\n')
    .map((line) =>
      line.trim() === '…' ? '(?:.*\\n)*?.*' : line.trimEnd().split('…').map(literally).join('.*'),
    )
    .join('\\n');
  const trimmed = answered
    .trim()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
  return new RegExp(`^${pattern}$`).test(trimmed) ? null : `it says:\n${trimmed}`;
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function jsonDiffers(shown: unknown, value: unknown, path: string): string | null {
  const differs = `${path || 'the answer'} is ${JSON.stringify(value)}`;
  if (/(^|\.)ledgerIndex$/.test(path)) return Number.isSafeInteger(value) ? null : differs;
  if (shown === '…') return value === undefined ? `${path} is missing` : null;
  if (typeof shown === 'string' && shown.includes('…'))
    return typeof value === 'string' && textDiffers(shown, value) === null ? null : differs;
  if (Array.isArray(shown)) return Array.isArray(value) ? listDiffers(shown, value, path) : differs;
  if (typeof shown !== 'object' || shown === null) return Object.is(shown, value) ? null : differs;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return differs;
  return objectDiffers(shown as Members, value as Members, path);
}

type Members = Readonly<Record<string, unknown>>;

function listDiffers(shown: readonly unknown[], value: readonly unknown[], path: string): string | null {
  const open = shown.at(-1) === '…';
  const named = open ? shown.slice(0, -1) : shown;
  if (open ? value.length < named.length : value.length !== named.length)
    return `${path} has ${value.length} items`;
  return first(named.map((each, at) => jsonDiffers(each, value[at], `${path}.${at}`)));
}

function objectDiffers(shown: Members, value: Members, path: string): string | null {
  const { '…': open, ...named } = shown;
  const more = Object.keys(value).filter((name) => !(name in named));
  if (open === undefined && more.length > 0) return `${path || 'the answer'} also has ${more.join(', ')}`;
  return first(
    Object.entries(named).map(([name, each]) =>
      jsonDiffers(each, value[name], path === '' ? name : `${path}.${name}`),
    ),
  );
}

function first(faults: readonly (string | null)[]): string | null {
  return faults.find((fault) => fault !== null) ?? null;
}
