/** As `contract/releases.ts` has them, which would bring its schemas along; a test compares. */
export const BUDGET_DATASETS = ['orders'] as const;
