/** Headers of what is saved as a file, and never shown in place or kept on the way. */
export const SAVED = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'no-store',
} as const;
