/** What a store turned on, and the public keys that sign its customers' tokens. Absent: all off. */
import type { Tx } from '../platform/ports.ts';

/** A public key as RFC 7517 has it: Ed25519 or P-256. */
export type PublicJwk = Readonly<Record<string, string>>;

/** IAB TCF: the id under which the store's consent tool is registered, and the list of vendors as IAB publishes it. */
export interface TcfSetting {
  readonly cmpId: number;
  readonly cmpVersion: number;
  readonly vendorList: unknown;
}

export interface ConsentSettings {
  /** Names the derived secrets in force. */
  readonly secretsNumber: number;
  readonly tokenKeys: readonly PublicJwk[];
  readonly doubleOptIn: boolean;
  readonly consentMode: boolean;
  readonly tcf: TcfSetting | null;
  readonly gpp: boolean;
}

const NONE: ConsentSettings = {
  secretsNumber: 1,
  tokenKeys: [],
  doubleOptIn: true,
  consentMode: false,
  tcf: null,
  gpp: false,
};

export async function readSettings(tx: Tx, store: string): Promise<ConsentSettings> {
  const { rows } = await tx.query<ConsentSettings>({
    name: 'consent_settings',
    text: `SELECT secrets_number AS "secretsNumber", token_keys AS "tokenKeys", double_opt_in AS "doubleOptIn",
             consent_mode AS "consentMode", tcf, gpp
           FROM bailee.consent_setting WHERE store_id = $1`,
    values: [store],
  });
  return rows[0] ?? NONE;
}

/** Changes what is named, leaves the rest; answers what holds now. */
export async function changeSettings(
  tx: Tx,
  store: string,
  change: Partial<ConsentSettings>,
): Promise<ConsentSettings> {
  const next = { ...(await readSettings(tx, store)), ...change };
  await tx.query({
    name: 'consent_settings_change',
    text: `INSERT INTO bailee.consent_setting
             (store_id, secrets_number, token_keys, double_opt_in, consent_mode, tcf, gpp)
           VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (store_id) DO UPDATE SET secrets_number = $2, token_keys = $3, double_opt_in = $4,
             consent_mode = $5, tcf = $6, gpp = $7`,
    values: [
      store,
      next.secretsNumber,
      JSON.stringify(next.tokenKeys),
      next.doubleOptIn,
      next.consentMode,
      next.tcf === null ? null : JSON.stringify(next.tcf),
      next.gpp,
    ],
  });
  return next;
}
