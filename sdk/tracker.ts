/** The calls of analytics.js, as events in Segment's shape. */
import type { Callback, Properties, Tracker } from './calls.ts';
import type { Consent } from './consent.ts';
import { uuid } from './memory.ts';
import type { Queue } from './queue.ts';

// Queries and fragments of addresses hold searches, tokens and names: they stay here.
const pageContext = () => ({
  path: location.pathname,
  url: location.origin + location.pathname,
  title: document.title,
  referrer: document.referrer.split('?')[0],
});

/** `told` hears every call: its name and arguments. */
export function makeTracker(
  queue: Queue,
  consent: Consent,
  told: (name: string, ...args: unknown[]) => void,
): Tracker {
  let userId: string | undefined;

  const add = (type: string, more: Properties, args: unknown[], done?: Callback) => {
    told(type, ...args);
    const context = { page: pageContext(), locale: navigator.language, library: { name: 'bailee' } };
    const who = userId && { userId };
    queue.add({ type, ...more, ...who, messageId: uuid(), timestamp: new Date(), context }, done);
  };

  return {
    identify(id, traits, callback) {
      if (typeof id === 'object') traits = id ?? traits;
      else userId = id;
      add('identify', { traits }, [id, traits], callback);
    },
    track(event, properties, callback) {
      add('track', { event, properties }, [event, properties], callback);
    },
    page(...args) {
      const words = args.filter((one) => typeof one === 'string');
      const name = words.pop();
      const given = args.find((one) => typeof one === 'object');
      const properties = { ...pageContext(), ...given, ...(words[0] && { category: words[0] }) };
      add('page', { name, properties }, [words[0], name, properties]);
    },
    group(groupId, traits, callback) {
      add('group', { groupId, traits }, [groupId, traits], callback);
    },
    alias(id, previousId, callback) {
      userId = id;
      add('alias', { previousId: previousId ?? consent.kept()?.anonymousId }, [id, previousId], callback);
    },
    reset() {
      userId = undefined;
      queue.clear();
      told('reset');
    },
  };
}
