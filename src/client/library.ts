/** The public surface of `bailee/client`: a typed client of Bailee's HTTP interface for Node. */
export {
  type BaileeClient,
  type ClientOptions,
  type Evidence,
  makeClient,
  type SentEvent,
} from './client.ts';
export { BaileeError } from './error.ts';
