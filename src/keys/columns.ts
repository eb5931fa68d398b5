/** Field numbers of sealed columns that are not catalog fields. They never change; the catalog's own start at 1 and stay below a million. */
export const COLUMNS = {
  order: 1_000_001,
  orderParty: 1_000_002,
  orderLine: 1_000_003,
  case: 1_000_004,
  event: 1_000_005,
  opening: 1_000_006,
  identifier: 1_000_007,
  quarantine: 1_000_008,
  approval: 1_000_021,
  breakGlass: 1_000_022,
  person: 1_000_031,
  personTotp: 1_000_032,
  caseMessage: 1_000_041,
  attachmentName: 1_000_042,
  attachment: 1_000_043,
  callerCheck: 1_000_051,
} as const;
