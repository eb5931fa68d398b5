/** Drawings of what belongs to the house, to the way and to the body. */
import {
  area,
  BLUE,
  BLUE_LIGHT,
  box,
  CLAY,
  CREAM,
  dot,
  GOLD,
  GREEN,
  GREEN_LIGHT,
  INK,
  LINEN,
  line,
  oval,
  ROSE,
  STEEL,
  STEEL_DARK,
  turned,
  WOOD,
  WOOD_DARK,
} from './shapes.ts';

const HOME: Readonly<Record<string, string>> = {
  'HOM-BLK-WOL': [
    box(20, 70, 80, 22, 8, '#8a9095'),
    box(24, 50, 76, 22, 8, '#a3a9ad'),
    box(20, 32, 76, 20, 8, '#8a9095'),
    line('M30 38h50M34 58h54M30 80h58', '#c4c9cc', 2),
    line('M22 92v10M32 92v10M42 92v10M52 92v10M62 92v10M72 92v10M82 92v10M92 92v10', '#8a9095', 2.5),
  ].join(''),
  'HOM-LMP-RIC': [
    line('M60 4v16', INK, 3),
    oval(60, 56, 40, 38, CREAM),
    line('M26 38c20 8 48 8 68 0M20 56c24 8 56 8 80 0M26 74c20 8 48 8 68 0', '#e0d3b4', 2.5),
    box(50, 16, 20, 5, 2, WOOD_DARK),
    box(50, 91, 20, 5, 2, WOOD_DARK),
    dot(60, 56, 14, '#f7dd97'),
  ].join(''),
  'HOM-CND-BEE': [
    box(36, 44, 16, 58, 3, GOLD),
    box(66, 58, 16, 44, 3, '#c98f35'),
    line('M44 44v-8M74 58v-8', INK, 2),
    area('M44 16c8 8 6 18 0 20-6-2-8-12 0-20z', '#f0a23e'),
    area('M74 30c8 8 6 18 0 20-6-2-8-12 0-20z', '#f0a23e'),
    oval(60, 103, 40, 5, WOOD_DARK),
  ].join(''),
  'HOM-VAS-GLS': [
    line('M60 50C58 34 48 22 40 12M60 50c2-20 10-28 20-36M60 50V14', GREEN, 3),
    oval(38, 12, 6, 9, ROSE),
    oval(82, 13, 6, 9, CLAY),
    oval(60, 12, 6, 9, GOLD),
    area('M50 44h20c-2 14 16 22 16 40 0 14-12 20-26 20s-26-6-26-20c0-18 18-26 16-40z', '#5f9b7f'),
    line('M44 82c0 8 4 12 10 14', '#b6d9c6', 3),
  ].join(''),
  'HOM-RUG-COT': turned(
    -8,
    60,
    60,
    box(24, 16, 72, 88, 3, LINEN),
    box(32, 26, 56, 68, 0, CLAY),
    area('M60 32l20 28-20 28-20-28z', CREAM),
    area('M60 44l11 16-11 16-11-16z', GREEN),
    line(
      'M28 16v-7M40 16v-7M52 16v-7M64 16v-7M76 16v-7M90 16v-7M28 104v7M40 104v7M52 104v7M64 104v7M76 104v7M90 104v7',
      LINEN,
      2.5,
    ),
  ),
  'HOM-CLK-WAL': [
    dot(60, 60, 46, WOOD),
    dot(60, 60, 38, CREAM),
    line('M60 28v5M60 87v5M28 60h5M87 60h5', INK, 3),
    line('M60 60V38M60 60l16 10', INK, 4),
    dot(60, 60, 4, CLAY),
  ].join(''),
  'HOM-PIL-BCK': [
    area('M18 40c14-8 70-8 84 0 6 14 6 34 0 46-14 8-70 8-84 0-6-12-6-32 0-46z', BLUE_LIGHT),
    area('M18 40c14-8 70-8 84 0-4 4-80 4-84 0z', '#b9d5e2'),
    line('M34 56c4 8 4 16 0 22M86 56c-4 8-4 16 0 22M60 54v22', BLUE, 2),
  ].join(''),
};

const OUTDOORS: Readonly<Record<string, string>> = {
  'OUT-BTL-075': [
    box(50, 10, 20, 16, 4, INK),
    area('M46 28h28c0 8 8 10 8 22v50a8 8 0 0 1-8 8H46a8 8 0 0 1-8-8V50c0-12 8-14 8-22z', BLUE),
    box(38, 64, 44, 20, 0, CREAM),
    line('M46 46v10M46 92v8', BLUE_LIGHT, 4),
  ].join(''),
  'OUT-BAG-020': [
    line('M48 24c0-16 24-16 24 0', INK, 5),
    area('M34 44c0-16 12-22 26-22s26 6 26 22v52a8 8 0 0 1-8 8H42a8 8 0 0 1-8-8z', GREEN),
    box(42, 66, 36, 30, 6, '#2f5a43'),
    line('M42 76h36', GREEN_LIGHT, 2.5),
    box(54, 40, 12, 12, 3, GOLD),
    area('M34 60h-8v26h8zM86 60h8v26h-8z', '#2f5a43'),
  ].join(''),
  'OUT-UMB-WND': [
    line('M60 20v76c0 12-18 12-18 0', WOOD_DARK, 5),
    area(
      'M10 64C12 34 34 18 60 18s48 16 50 46c-8-8-18-8-25 0-7-8-18-8-25 0-7-8-18-8-25 0-7-8-17-8-25 0z',
      CLAY,
    ),
    area('M35 64C37 40 46 24 60 18c14 6 23 22 25 46-7-8-18-8-25 0-7-8-18-8-25 0z', '#a9502e'),
  ].join(''),
  'OUT-LNT-SOL': [
    line('M42 26c0-20 36-20 36 0', INK, 4),
    box(38, 24, 44, 10, 4, INK),
    box(42, 34, 36, 54, 4, '#fbe9b5'),
    area('M60 46c12 12 8 28 0 30-8-2-12-18 0-30z', GOLD),
    line('M42 34v54M78 34v54M54 34v54M66 34v54', STEEL_DARK, 2),
    box(34, 88, 52, 14, 4, BLUE),
  ].join(''),
  'OUT-HAM-DBL': [
    line('M16 12v98M104 12v98', WOOD_DARK, 7),
    area('M18 40c20 46 64 46 84 0-8 56-76 56-84 0z', GOLD),
    area('M26 54c18 30 50 30 68 0-14 40-54 40-68 0z', CLAY),
    line('M18 40l16 30M102 40L86 70', INK, 2),
  ].join(''),
  'OUT-SOC-MER': [
    turned(
      -6,
      44,
      60,
      area('M30 14h26v52l18 16c8 8-2 22-14 18L34 86c-4-2-4-6-4-10z', '#7c8f86'),
      box(30, 14, 26, 10, 2, CLAY),
    ),
    area('M58 24h26v48l18 16c8 8-2 22-14 18L62 94c-4-2-4-6-4-10z', '#93a69d'),
    box(58, 24, 26, 10, 2, GOLD),
    area('M58 84c0 6 0 8 4 10l10 4c4-10-4-16-14-14z', GOLD),
  ].join(''),
};

const CARE: Readonly<Record<string, string>> = {
  'CAR-SOP-OLV': [
    box(20, 46, 80, 48, 16, '#a8b36a'),
    box(28, 52, 64, 34, 11, '#bcc783'),
    area('M48 70c8-12 18-12 26-4-8 10-18 12-26 4z', '#7f8b45'),
    dot(34, 30, 8, '#e8eee6'),
    dot(52, 22, 5, '#e8eee6'),
    dot(80, 30, 6, '#e8eee6'),
  ].join(''),
  'CAR-BRS-BAM': [20, 42, 64, 86]
    .map((x, at) =>
      [
        box(x, 22, 11, 86, 5, at % 2 === 0 ? WOOD : '#caa172'),
        box(x + 1, 12, 9, 16, 2, [CREAM, GREEN_LIGHT, ROSE, BLUE_LIGHT][at]!),
      ].join(''),
    )
    .join(''),
  'CAR-OIL-ALM': [
    box(52, 12, 16, 18, 3, INK),
    area('M50 30h20v10c14 4 16 10 16 20v38a8 8 0 0 1-8 8H42a8 8 0 0 1-8-8V60c0-10 2-16 16-20z', '#c98a4b'),
    box(42, 62, 36, 30, 3, CREAM),
    area('M60 67c9 8 8 16 0 20-8-4-9-12 0-20z', WOOD_DARK),
  ].join(''),
  'CAR-TWL-LIN': [
    line('M18 22h84', WOOD_DARK, 6),
    area('M32 22h56v74H32z', CREAM),
    area('M32 70h56v8H32zM32 82h56v3H32z', BLUE),
    line('M36 96v8M44 96v8M52 96v8M60 96v8M68 96v8M76 96v8M84 96v8', LINEN, 2.5),
  ].join(''),
  'CAR-SHV-SAF': turned(
    28,
    60,
    60,
    box(34, 18, 52, 14, 5, STEEL),
    box(38, 30, 44, 5, 2, STEEL_DARK),
    box(55, 34, 10, 18, 2, STEEL_DARK),
    box(53, 50, 14, 58, 6, STEEL),
    line('M56 62h8M56 70h8M56 78h8M56 86h8M56 94h8', STEEL_DARK, 2),
  ),
  'CAR-SUN-050': [
    area('M38 18h44l4 76H34z', GOLD),
    box(42, 94, 36, 14, 3, CLAY),
    dot(60, 52, 13, CREAM),
    line('M60 30v5M60 69v5M38 52h5M77 52h5M45 37l3 3M72 64l3 3M75 37l-3 3M48 64l-3 3', CREAM, 3),
  ].join(''),
};

const HEALTH: Readonly<Record<string, string>> = {
  'HLT-GLU-050': [
    box(24, 40, 44, 64, 8, BLUE),
    box(22, 30, 48, 14, 4, INK),
    box(30, 58, 32, 28, 3, CREAM),
    area('M46 62c8 10 7 18 0 20-7-2-8-10 0-20z', CLAY),
    turned(14, 86, 70, box(80, 36, 12, 64, 2, CREAM), box(80, 36, 12, 14, 2, BLUE_LIGHT)),
  ].join(''),
  'HLT-BPM-ARM': [
    area('M14 30h52v44H14z', BLUE),
    area('M14 30h52v10H14zM14 64h52v10H14z', '#335a72'),
    line('M66 52c14 0 10 20 22 20', INK, 4),
    box(62, 66, 48, 40, 6, CREAM),
    box(68, 72, 36, 18, 3, '#cfe0dc'),
    line('M72 82h6l4-6 5 10 4-4h9', GREEN, 2.5),
    dot(86, 98, 4, CLAY),
  ].join(''),
  'HLT-PRG-002': [
    turned(
      -24,
      50,
      60,
      box(40, 14, 20, 92, 9, CREAM),
      box(44, 40, 12, 22, 3, BLUE_LIGHT),
      box(40, 14, 20, 18, 9, ROSE),
    ),
    turned(
      10,
      76,
      62,
      box(68, 20, 20, 88, 9, CREAM),
      box(72, 46, 12, 22, 3, BLUE_LIGHT),
      box(68, 20, 20, 18, 9, ROSE),
    ),
  ].join(''),
  'HLT-NIC-105': [
    turned(
      -10,
      60,
      60,
      box(24, 26, 72, 70, 6, STEEL),
      ...[38, 60, 82].flatMap((x) => [42, 61, 80].map((y) => box(x - 8, y - 6, 16, 12, 4, CREAM))),
    ),
  ].join(''),
  'HLT-HAB-060': [
    dot(60, 60, 46, BLUE_LIGHT),
    ...[0, 60, 120, 180, 240, 300].map((degrees) =>
      turned(degrees, 60, 60, dot(60, 30, 11, STEEL), dot(60, 30, 5, STEEL_DARK)),
    ),
    dot(60, 60, 11, CREAM),
  ].join(''),
  'HLT-PIL-BOX': [
    box(8, 44, 104, 40, 8, BLUE),
    ...[0, 1, 2, 3, 4, 5, 6].map((day) =>
      box(13 + day * 13.8, 50, 11.5, 28, 3, day === 2 ? CREAM : BLUE_LIGHT),
    ),
    oval(46.5, 58, 3.4, 5, CLAY),
    oval(46.5, 70, 3.4, 5, GOLD),
  ].join(''),
};

export const HOUSE: Readonly<Record<string, string>> = { ...HOME, ...OUTDOORS, ...CARE, ...HEALTH };
