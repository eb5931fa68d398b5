/** What a page may call. Types alone: the declarations of the package need nothing else. */

/** True grants, false refuses; by the name of the purpose. */
export type Choices = Readonly<Record<string, boolean>>;

export type Properties = Readonly<Record<string, unknown>>;
export type Callback = () => void;
export type Listener = (...args: never[]) => void;

export interface Tracker {
  identify(userId?: string | null | Properties, traits?: Properties, callback?: Callback): void;
  track(event: string, properties?: Properties, callback?: Callback): void;
  page(category?: string | Properties, name?: string | Properties, properties?: Properties): void;
  group(groupId: string, traits?: Properties, callback?: Callback): void;
  alias(userId: string, previousId?: string, callback?: Callback): void;
  /** Forgets who is signed in, and what waits. The device's choices stay as they are. */
  reset(): void;
}

export interface Bailee extends Tracker {
  /** Calls back once the notice is known and what was allowed before is started. */
  ready(callback: () => void): void;
  /** Listens to a call (`track` …) or to `choice`: every change of what is allowed. */
  on(name: string, listener: Listener): void;
  off(name: string, listener: Listener): void;
  /** Whether the purpose is granted, and recorded. */
  allows(purpose: string): boolean;
  /** Records choices that the page asked for in its own words. Rejects when they could not be recorded. */
  choose(choices: Choices): Promise<void>;
  /** Opens the settings panel. */
  openSettings(): void;
  /** The device's id; null until something is granted. */
  anonymousId(): string | null;
  /** Names the known customer by a token that the shop signed; undefined when they sign out. */
  customer(token?: string): void;
}
