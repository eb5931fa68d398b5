/** What the shop tells Bailee. Without a grant nothing of it leaves the page; Bailee's script sees to that. */
import type { Product } from './catalog.ts';

type Call = [name: string, ...args: unknown[]];

interface Bailee {
  push(call: Call): void;
  allows?(purpose: string): boolean;
  anonymousId?(): string | null;
  on?(name: string, listener: () => void): void;
}

// The script element before this bundle has made it; where a blocker took it, calls end here.
const { bailee = [] as unknown as Bailee } = window as unknown as { bailee?: Bailee };

export function tell(...call: Call): void {
  bailee.push(call);
}

export function allows(purpose: string): boolean {
  return bailee.allows?.(purpose) ?? false;
}

/** The device's id, once it was granted one. */
export function deviceId(): string | null {
  return bailee.anonymousId?.() ?? null;
}

export function onChoice(listener: () => void): void {
  bailee.on?.('choice', listener);
}

/** A product, as events name it. */
export function productOf({ id, sku, name, category, price }: Product, quantity?: number) {
  return { product_id: id, sku, name, category, price, ...(quantity === undefined ? {} : { quantity }) };
}
