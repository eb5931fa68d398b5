/**
 * Long text is read in windows, so that memory stays flat and a stream finds what the whole text would. A
 * window sees some text before and after the part that it answers for.
 */
const PART = 1 << 16;
const BEFORE = 512;
const AFTER = 2048;
/** How far back from its usual end a part may end, to end at a line or a space. */
const SLACK = 4096;

export interface Window {
  /** The text to look at. */
  readonly from: number;
  readonly to: number;
  /** Spans that begin in this part are its own. */
  readonly partStart: number;
  readonly partEnd: number;
}

/** The window that answers for the part from `partStart` on; `null` while a stream has too little text. */
export function windowAt(text: string, partStart: number, ended: boolean): Window | null {
  const left = text.length - partStart;
  if (left <= PART + AFTER) {
    if (!ended) return null;
    return { from: Math.max(0, partStart - BEFORE), to: text.length, partStart, partEnd: text.length };
  }
  const partEnd = cut(text, partStart + PART);
  return { from: Math.max(0, partStart - BEFORE), to: partEnd + AFTER, partStart, partEnd };
}

function cut(text: string, latest: number): number {
  // Looked for in the slack alone: a text of one line would be read back to its beginning for every window.
  const earliest = latest - SLACK + 1;
  const slack = text.slice(earliest, latest + 1);
  for (const sign of ['\n', ' ']) {
    const at = slack.lastIndexOf(sign);
    if (at >= 0) return earliest + at + 1;
  }
  // Never between the halves of one sign.
  return (text.charCodeAt(latest) & 0xfc00) === 0xdc00 ? latest + 1 : latest;
}

/** How much of the text a stream may forget once the part up to `partEnd` is done. */
export function forgettable(partEnd: number): number {
  return Math.max(0, partEnd - BEFORE);
}
