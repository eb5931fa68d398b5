/** With which key a command asks: `--key`, then `BAILEE_API_KEY`, then the demo shop's. */
import { readDemo } from '../demo/file.ts';
import type { Deps } from './command.ts';
import { CommandError, EXIT } from './exit.ts';

/** `role` names the demo's key: `support`, `privacyOfficer`. */
export function keyFor(deps: Deps, given: string | undefined, role: string): string {
  if (given !== undefined) return given;
  const { BAILEE_API_KEY: fromEnvironment } = deps.env;
  if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment;
  const demo = readDemo(deps.config().data)?.apiKeys[role];
  if (demo !== undefined) return demo;
  throw new CommandError(EXIT.usage, 'This needs an API key: give --key, or set BAILEE_API_KEY.');
}

/** Which role of the demo acts for a purpose. */
export function demoRoleFor(purpose: string): string {
  if (purpose === 'order-fulfilment') return 'orderDesk';
  if (purpose === 'fraud-prevention') return 'security';
  if (purpose.startsWith('marketing-')) return 'marketing';
  if (purpose === 'legal-duty') return 'privacyOfficer';
  return 'support';
}
