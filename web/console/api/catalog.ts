/** What the catalog declares. */
import type { Static } from 'typebox';
import type { CatalogAnswer } from '../../../contract/catalog.ts';
import { call } from './call.ts';

export type Catalog = Static<typeof CatalogAnswer>;
export type Declared = Catalog['events'][number] & Partial<Catalog['fields'][number]>;

export const readCatalog = () => call<Catalog>('GET', '/api/catalog');
