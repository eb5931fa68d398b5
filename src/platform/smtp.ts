/** The operator's mail server. */
import { createTransport, type Transporter } from 'nodemailer';
import { type Config, isLoopback } from './config.ts';

const SEND_WITHIN_MS = 15_000;
const transports = new WeakMap<Config, Transporter>();

/** One transport a configuration. Throws an `Error` where none is set. */
export function smtpTransport(config: Config): Transporter {
  let transport = transports.get(config);
  if (transport !== undefined) return transport;
  if (config.smtpUrl === null) throw new Error('no mail server');
  const url = new URL(config.smtpUrl);
  const secure = url.protocol === 'smtps:';
  transport = createTransport({
    host: url.hostname,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    // Beyond this machine nothing goes in the clear, and no password before the line is sealed.
    requireTLS: !secure && !isLoopback(url.hostname),
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: SEND_WITHIN_MS,
    greetingTimeout: SEND_WITHIN_MS,
    socketTimeout: SEND_WITHIN_MS,
    // A text that names a file or an address must never make this server read it.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  transports.set(config, transport);
  return transport;
}
