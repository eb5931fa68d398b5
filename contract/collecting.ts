/** Collecting, as Segment's HTTP tracking API has it. What an event may hold is for the catalog to say. */
import { Type } from 'typebox';

/** Bytes of a body, plain or unpacked. */
export const MOST_BATCH_BYTES = 500 * 1024;
export const MOST_BATCH_EVENTS = 2500;

/** `/v1/batch`: events, unchecked; a bad one never fails its batch. */
export const BatchBody = Type.Object(
  {
    batch: Type.Array(Type.Unknown()),
    /** The sender's clock when it sent. */
    sentAt: Type.Optional(Type.Unknown()),
    /** Merged into the events that have none. */
    context: Type.Optional(Type.Unknown()),
    /** Where no header carries it. */
    writeKey: Type.Optional(Type.Unknown()),
  },
  { additionalProperties: true },
);

/** `/v1/track` and its like: one event; the address says its type. */
export const EventBody = Type.Object(
  { writeKey: Type.Optional(Type.Unknown()), sentAt: Type.Optional(Type.Unknown()) },
  { additionalProperties: true },
);

/** Every event of the batch is in exactly one of the three. */
export const CollectedAnswer = Type.Object({
  success: Type.Literal(true),
  accepted: Type.Integer(),
  notCollected: Type.Integer(),
  quarantined: Type.Immutable(
    Type.Array(
      Type.Object({
        index: Type.Integer(),
        messageId: Type.Union([Type.String(), Type.Null()]),
        code: Type.String(),
        message: Type.String(),
      }),
    ),
  ),
});

/** What `analytics.js` loads before it sends: where to send, and nothing else to load. */
export const SettingsAnswer = Type.Object({
  integrations: Type.Object({
    'Segment.io': Type.Object({
      apiKey: Type.String(),
      /** Host and path, without a scheme. */
      apiHost: Type.String(),
      protocol: Type.Union([Type.Literal('http'), Type.Literal('https')]),
      addBundledMetadata: Type.Boolean(),
      unbundledIntegrations: Type.Array(Type.String()),
    }),
  }),
  plan: Type.Object({
    track: Type.Object({
      __default: Type.Object({ enabled: Type.Boolean(), integrations: Type.Object({}) }),
    }),
  }),
  /** The client's own telemetry to its maker: off. */
  metrics: Type.Object({ sampleRate: Type.Number() }),
  legacyVideoPluginsEnabled: Type.Boolean(),
  remotePlugins: Type.Array(Type.Unknown()),
});
