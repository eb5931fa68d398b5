/** What a page sets, by `data-` attributes of the script element or in code. */
export interface Options {
  /** A browser write key; it is public. */
  readonly writeKey: string;
  /** Where Bailee answers, without a slash at the end. */
  readonly host: string;
  /** BCP 47; else the language of the document. */
  readonly language?: string;
  /** ISO 3166-1 or 3166-2; else what the operator's proxy says, else the strictest. */
  readonly region?: string;
  /** Address of the privacy policy. */
  readonly policy?: string;
  /** Speaks Google Consent Mode v2. */
  readonly consentMode?: boolean;
  /** Answers IAB's tags: `tcf`, `gpp` or both, with a space between. */
  readonly iab?: string;
  /** The global object; `bailee` unless said otherwise. */
  readonly global?: string;
}

/** Reads the options from the element that loads the script. */
export function optionsOf({ dataset, src }: HTMLScriptElement): Options {
  const { writeKey, host, language, region, policy, iab, global } = dataset;
  return {
    writeKey: writeKey ?? '',
    host: host ?? new URL(src).origin,
    consentMode: 'consentMode' in dataset,
    ...(language && { language }),
    ...(region && { region }),
    ...(policy && { policy }),
    ...(iab && { iab }),
    ...(global && { global }),
  };
}
