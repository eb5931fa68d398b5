/**
 * The basket, in memory and in the entry of the browser's history: it outlives a reload and is gone with the
 * tab. Nothing of it is storage.
 */
export interface BasketLine {
  readonly id: string;
  readonly quantity: number;
}

const MOST = 99;
let lines: readonly BasketLine[] = (history.state as { basket?: readonly BasketLine[] } | null)?.basket ?? [];

export function basketLines(): readonly BasketLine[] {
  return lines;
}

export function basketCount(): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** 0 removes the product. */
export function setQuantity(id: string, quantity: number): void {
  const kept = Math.min(quantity, MOST);
  const known = lines.some((line) => line.id === id);
  const next = known
    ? lines.map((line) => (line.id === id ? { id, quantity: kept } : line))
    : [...lines, { id, quantity: kept }];
  lines = next.filter((line) => line.quantity > 0);
  remember();
}

export function addToBasket(id: string, quantity: number): void {
  setQuantity(id, quantity + (lines.find((line) => line.id === id)?.quantity ?? 0));
}

export function emptyBasket(): void {
  lines = [];
  remember();
}

/** Writes the basket into the entry that the browser shows now. */
export function remember(): void {
  history.replaceState({ basket: lines }, '');
}
