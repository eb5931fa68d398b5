/** Names of all texts. A count picks its form by itself: `x` stands for `x_one` and `x_other`. */
import type { EN } from './en.ts';

type Written = keyof typeof EN;
type Base<Key> = Key extends `${infer Name}_one` | `${infer Name}_other` ? Name : Key;
export type TextKey = Base<Written>;
