/** The parts of the page, in the order in which one reads them. */
import type { IconName } from '../../ui/icon-names.ts';
import type { Place } from '../place.ts';
import type { TextKey } from '../texts/shape.ts';

export interface Part {
  readonly to: Place;
  readonly icon: IconName;
  readonly title: TextKey;
}

export const SEE = [
  { to: 'data', icon: 'notice', title: 'data.title', lead: 'home.data' },
  { to: 'looks', icon: 'eye', title: 'looks.title', lead: 'home.looks' },
  { to: 'tags', icon: 'tag', title: 'tags.title', lead: 'home.tags' },
] as const;
export const DECIDE = [
  { to: 'choices', icon: 'settings', title: 'choices.title', lead: 'home.choices' },
  { to: 'requests', icon: 'answers', title: 'requests.title', lead: 'home.requests' },
] as const;
export const ACT = [
  { to: 'download', icon: 'down', title: 'download.title', lead: 'home.download' },
  { to: 'delete', icon: 'cross', title: 'delete.title', lead: 'home.delete' },
] as const;
export const PARTS: readonly Part[] = [
  { to: 'home', icon: 'home', title: 'home.title' },
  ...SEE,
  ...DECIDE,
  ...ACT,
];
