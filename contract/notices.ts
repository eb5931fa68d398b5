/** Versions of a store's notice, and what each said word for word. */
import { Type } from 'typebox';
import { NoticeText } from './consent.ts';

export const NoticeVersions = Type.Object({
  versions: Type.Immutable(
    Type.Array(
      Type.Object({
        version: Type.Integer(),
        /** What was different, in a sentence of who published it. */
        change: Type.String(),
        /** True: whoever had granted before was asked again. */
        substance: Type.Boolean(),
        /** Id of a person or of a key; `operator`, or `installation` for the first. */
        publishedBy: Type.String(),
        publishedAt: Type.String({ format: 'date-time' }),
        languages: Type.Immutable(Type.Array(Type.String())),
      }),
    ),
  ),
});

export const NoticePath = Type.Object({
  version: Type.String({ maxLength: 20 }),
  language: Type.String({ maxLength: 35 }),
});
export const NoticeWords = Type.Object({
  version: Type.Integer(),
  language: Type.String(),
  direction: Type.Union([Type.Literal('ltr'), Type.Literal('rtl')]),
  /** No native speaker has read this text yet. */
  draft: Type.Boolean(),
  purposes: Type.Immutable(
    Type.Array(Type.Object({ purpose: Type.String(), name: Type.String(), description: Type.String() })),
  ),
  text: NoticeText,
});
