/** A few shapes, so that a drawing reads as a list of what it shows. */

/** A box with round corners. */
export const box = (
  x: number,
  y: number,
  width: number,
  height: number,
  round: number,
  fill: string,
): string => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}" fill="${fill}"/>`;

export const dot = (x: number, y: number, radius: number, fill: string): string =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;

export const oval = (x: number, y: number, wide: number, high: number, fill: string): string =>
  `<ellipse cx="${x}" cy="${y}" rx="${wide}" ry="${high}" fill="${fill}"/>`;

export const area = (path: string, fill: string): string => `<path d="${path}" fill="${fill}"/>`;

export const line = (path: string, color: string, width = 3): string =>
  `<path d="${path}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

/** The same shapes, turned around a point by degrees. */
export const turned = (degrees: number, x: number, y: number, ...shapes: string[]): string =>
  `<g transform="rotate(${degrees} ${x} ${y})">${shapes.join('')}</g>`;

/** Lighter in the dark, where black iron would sink into the page. */
export const INK = 'var(--iron)';
export const IRON = 'var(--iron-body)';
export const STEEL = '#aab4b8';
export const STEEL_DARK = '#7d888d';
export const CREAM = '#fbf6ea';
export const WOOD = '#b98a5a';
export const WOOD_DARK = '#93683d';
export const GREEN = '#3f7357';
export const GREEN_LIGHT = '#8db596';
export const CLAY = '#c0653f';
export const GOLD = '#dba545';
export const BLUE = '#42708c';
export const BLUE_LIGHT = '#9dc1d3';
export const ROSE = '#d79a8c';
export const LINEN = '#d9cdb8';
