/** The one document of the demo shop: language, goods and the two scripts. Its look and pages are `web/storefront`. */
import { PRODUCTS, priceIn } from '../demo/products.ts';
import { escapeHtml } from './markup.ts';

/** By language: direction, and the currency with how many of it a euro is. */
const LOCALES = {
  en: { direction: 'ltr', currency: 'EUR', perEuro: 1 },
  de: { direction: 'ltr', currency: 'EUR', perEuro: 1 },
  'zh-CN': { direction: 'ltr', currency: 'CNY', perEuro: 7.9 },
  ar: { direction: 'rtl', currency: 'AED', perEuro: 4 },
} as const;
export type ShopLanguage = keyof typeof LOCALES;

/** What is sold, at the prices of a language. */
export interface Shelf {
  readonly currency: string;
  readonly url: string;
  readonly products: readonly {
    readonly id: string;
    readonly sku: string;
    readonly name: string;
    readonly category: string;
    readonly price: number;
  }[];
}

/** `?lang=` first, then the first of `Accept-Language` that the shop speaks, else English. */
export function shopLanguage(query: unknown, accepted: string | undefined): ShopLanguage {
  const asked = typeof query === 'string' ? [query] : (accepted ?? '').split(',');
  for (const range of asked) {
    const language = range.trim().slice(0, 2).toLowerCase();
    const found = (Object.keys(LOCALES) as ShopLanguage[]).find((each) => each.startsWith(language));
    if (language.length === 2 && found !== undefined) return found;
  }
  return 'en';
}

export function shelfIn(language: ShopLanguage, url: string): Shelf {
  const { currency, perEuro } = LOCALES[language];
  const products = PRODUCTS.map(({ id, sku, name, category, cents }) => ({
    id,
    sku,
    name,
    category,
    price: priceIn(cents, perEuro, 2),
  }));
  return { currency, url, products };
}

/** A region to be seen from, `?region=CN`; null for none. */
export function shopRegion(query: unknown): string | null {
  return typeof query === 'string' && /^[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?$/.test(query) ? query : null;
}

/** @param writeKey the browser key of the demo's store */
export function shopPage(
  language: ShopLanguage,
  region: string | null,
  url: string,
  writeKey: string,
): string {
  const { direction } = LOCALES[language];
  // In a script element only `<` could end it.
  const shelf = JSON.stringify(shelfIn(language, url)).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Meadow &amp; Mill</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/shop/assets/shop.css">
<script src="/sdk/bailee.js" data-write-key="${escapeHtml(writeKey)}" data-policy="/shop/privacy?lang=${language}"${region === null ? '' : ` data-region="${region}"`}></script>
<script type="application/json" id="shelf">${shelf}</script>
<script type="module" src="/shop/assets/shop.js"></script>
</head>
<body><div id="shop"></div></body>
</html>
`;
}
