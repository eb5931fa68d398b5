import type { RootProvider } from '../platform/key-ports.ts';

/**
 * The same root as an object of its own. Secrets and unwrapped keys are held by root object, so whoever works
 * on another database, or inside a restore, takes a view and leaves what others hold alone.
 */
export function rootView(root: RootProvider): RootProvider {
  return {
    kind: root.kind,
    currentEpoch: () => root.currentEpoch(),
    epochs: () => root.epochs(),
    epochKey: (epoch) => root.epochKey(epoch),
    advance: () => root.advance(),
    refresh: () => root.refresh(),
    destroy: (epoch) => root.destroy(epoch),
    signingSeed: (purpose) => root.signingSeed(purpose),
  };
}
