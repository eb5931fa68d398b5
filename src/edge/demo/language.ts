/** The languages of the demo shop, and what is written in each. */
import type { Category } from './products.ts';

export type Language = 'de' | 'fr' | 'en' | 'zh' | 'ja' | 'ko' | 'pt' | 'hi' | 'ar';

/** What a ticket asks. */
export type Topic = 'late' | 'broken' | 'refund' | 'invoice';

/** `{order}`, `{phone}` and `{name}` are filled in. */
export interface TicketText {
  readonly subject: string;
  readonly body: string;
  readonly reply: string;
}

export interface Texts {
  readonly tickets: Readonly<Record<Topic, TicketText>>;
  readonly praise: string;
  readonly complaint: string;
  /** Subject of what a customer writes to say so. */
  readonly feedback: string;
  /** What one types to find a product of the category. */
  readonly searches: Readonly<Record<Category, string>>;
}
