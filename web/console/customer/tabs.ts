/** Parts of the story of a customer, as the address names them. */
export const CUSTOMER_TABS = ['timeline', 'cases', 'choices', 'looked'] as const;
export type CustomerTab = (typeof CUSTOMER_TABS)[number];

/** Of an address; what is no tab is none. */
export function readTab(search: Readonly<Record<string, unknown>>): { readonly tab?: CustomerTab } {
  const tab = CUSTOMER_TABS.find((each) => each === search.tab);
  return tab === undefined || tab === 'timeline' ? {} : { tab };
}
