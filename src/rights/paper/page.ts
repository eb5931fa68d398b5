/** What a person reads, on a page or on paper: sections of short blocks. */
export type Line = readonly [label: string, value: string];

export type Block =
  | { readonly text: string }
  /** A thing with a name, and what is to say of it. */
  | { readonly title: string; readonly lines: readonly Line[] };

export interface Part {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** What goes on paper. */
export interface Paper {
  readonly title: string;
  readonly intro: string;
  readonly parts: readonly Part[];
}

/** The same as a page that stands alone, with its contents. */
export interface Page extends Paper {
  readonly language: string;
  readonly contents: string;
}
