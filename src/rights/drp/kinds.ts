/** What an exercise of the Data Rights Protocol asks for here. */
import type { DrpExercise } from '../../../contract/drp.ts';
import type { RequestKind } from '../../../contract/requests.ts';

export const KIND_OF: Readonly<Record<DrpExercise, RequestKind>> = {
  access: 'access',
  'access:categories': 'access',
  'access:specific': 'access',
  deletion: 'erasure',
  'sale:opt-out': 'opt-out',
};
