/** What the server needs from whoever starts it. The composition in `main` provides it; tests do too. */
import type { GateCtx } from '../../gate/context.ts';
import type { DemoStaff } from '../demo/file.ts';
import type { WelcomeAnswers } from './welcome.ts';
import type { WelcomeDemo } from './welcome-commands.ts';
import type { WelcomeLanguage } from './welcome-texts.ts';

/** What `GET /` shows of the demo shop: its keys, a customer to try, and what the commands answered. */
export interface WelcomeShow {
  readonly demo: WelcomeDemo;
  /** Null until they are known; the page then shows the commands alone. */
  readonly answers: WelcomeAnswers | null;
}

/** The demo store's write keys, for the shop at `/shop`. */
export interface ShopKeys {
  readonly server: string;
  readonly browser: string;
}

export interface HttpApp {
  readonly ctx: GateCtx;
  /** Version of the package, for the page at `/`. */
  readonly version: string;
  /** Where this server answers, without a slash at the end. Asked only once the server listens. */
  url(): string;
  /** True once migrated, with the secrets open and a database that answers. Must not throw. */
  ready(): Promise<boolean>;
  /** True from the first signal to stop; new work is then refused, and what was accepted is finished. */
  stopping(): boolean;
  /** The token of this process's `run.json`, which lets the command line act as role `operator`; null: no such door. */
  readonly operatorToken: string | null;
  /** The demo's part of `GET /`; null for a real store. Called per request: keep what it costs. */
  demo(language: WelcomeLanguage): Promise<WelcomeShow | null>;
  /** Null for a real store, and until the demo shop is filled. */
  shop(): ShopKeys | null;
  /** The people of the demo shop; null for a real store, and until it is filled. */
  demoStaff(): readonly DemoStaff[] | null;
}
