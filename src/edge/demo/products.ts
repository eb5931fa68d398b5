/**
 * What the demo shop sells. Some products tell of a health condition: orders, searches and reviews
 * of them inherit that sensitivity.
 */
import type { Sensitivity } from '../../../contract/names.ts';

export type Category = 'Coffee & Tea' | 'Kitchen' | 'Home' | 'Outdoors' | 'Care' | 'Health';

export interface Product {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly category: Category;
  /** In cents of a euro, without tax. */
  readonly cents: number;
  readonly sensitivity: Sensitivity;
}

type Row = readonly [sku: string, name: string, cents: number];

const SHELVES: Readonly<Record<Category, readonly Row[]>> = {
  'Coffee & Tea': [
    ['TEA-SEN-100', 'Sencha, 100 g', 890],
    ['TEA-ASM-250', 'Assam, second flush, 250 g', 1240],
    ['TEA-MIN-050', 'Peppermint leaves, 50 g', 420],
    ['COF-ESP-500', 'Espresso beans, 500 g', 1390],
    ['COF-FIL-250', 'Filter roast, Sidama, 250 g', 1090],
    ['COF-MIL-001', 'Hand grinder, steel burrs', 6900],
    ['TEA-POT-120', 'Cast-iron teapot, 1.2 l', 5450],
  ],
  Kitchen: [
    ['KIT-KNF-180', 'Santoku knife, 18 cm', 7900],
    ['KIT-PAN-280', 'Carbon-steel pan, 28 cm', 4900],
    ['KIT-BRD-OAK', 'Oak cutting board', 3600],
    ['KIT-SCL-005', 'Kitchen scale, 5 kg', 2490],
    ['KIT-JAR-006', 'Preserving jars, set of six', 1850],
    ['KIT-APR-LIN', 'Linen apron', 2950],
    ['KIT-BWL-CER', 'Ceramic bowl, celadon', 2200],
    ['KIT-WOK-320', 'Wok, 32 cm', 5600],
  ],
  Home: [
    ['HOM-BLK-WOL', 'Wool blanket, grey', 8900],
    ['HOM-LMP-RIC', 'Rice-paper lamp', 4200],
    ['HOM-CND-BEE', 'Beeswax candles, pair', 1290],
    ['HOM-VAS-GLS', 'Glass vase, green', 2700],
    ['HOM-RUG-COT', 'Cotton rug, 80 × 150 cm', 6400],
    ['HOM-CLK-WAL', 'Wall clock, quiet', 3900],
    ['HOM-PIL-BCK', 'Buckwheat pillow', 3300],
  ],
  Outdoors: [
    ['OUT-BTL-075', 'Steel bottle, 0.75 l', 2400],
    ['OUT-BAG-020', 'Day pack, 20 l', 7200],
    ['OUT-UMB-WND', 'Storm umbrella', 3100],
    ['OUT-LNT-SOL', 'Solar lantern', 2850],
    ['OUT-HAM-DBL', 'Hammock, double', 5900],
    ['OUT-SOC-MER', 'Merino socks, two pairs', 2650],
  ],
  Care: [
    ['CAR-SOP-OLV', 'Olive-oil soap', 590],
    ['CAR-BRS-BAM', 'Bamboo toothbrush, set of four', 890],
    ['CAR-OIL-ALM', 'Almond oil, 100 ml', 1150],
    ['CAR-TWL-LIN', 'Linen towel', 2100],
    ['CAR-SHV-SAF', 'Safety razor', 3400],
    ['CAR-SUN-050', 'Sun cream, SPF 50', 1690],
  ],
  Health: [
    ['HLT-GLU-050', 'Blood-sugar test strips, 50', 2390],
    ['HLT-BPM-ARM', 'Blood-pressure monitor, upper arm', 4990],
    ['HLT-PRG-002', 'Pregnancy test, two', 790],
    ['HLT-NIC-105', 'Nicotine gum, 105 pieces', 2890],
    ['HLT-HAB-060', 'Hearing-aid batteries, 60', 1990],
    ['HLT-PIL-BOX', 'Pill organizer, seven days', 1490],
  ],
};

/** All forty products, in the order of the shelves. */
export const PRODUCTS: readonly Product[] = Object.entries(SHELVES)
  .flatMap(([category, rows]) => rows.map((row) => ({ category: category as Category, row })))
  .map(({ category, row: [sku, name, cents] }, at) => ({
    id: `p-${101 + at}`,
    sku,
    name,
    category,
    cents,
    sensitivity: category === 'Health' ? 'sensitive' : 'ordinary',
  }));

/** What a product costs in a currency: whole units, or two decimals ending as prices there do. */
export function priceIn(cents: number, perEuro: number, decimals: 0 | 2): number {
  const amount = (cents / 100) * perEuro;
  return decimals === 0 ? Math.round(amount / 10) * 10 : Math.round(amount * 10) / 10;
}
