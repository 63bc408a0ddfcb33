import type { Example } from './shape';

/** An example that the sandbox does not answer as the real server does, yet: it is left out until that is mended. */
interface Waiting {
  readonly method: string;
  /** A part of the path or of the body that no other example of the method has. */
  readonly mentions: string;
  readonly why: string;
}

export const WAITING_SHAPES: readonly Waiting[] = [
  {
    method: 'POST',
    mentions: 'Loyalty Club',
    why: 'Claims for the role that are not mapped in a custom dialect are taken.',
  },
  { method: 'POST', mentions: 'Partner Lounge', why: 'Identity providers of one step come in another order.' },
  { method: 'POST', mentions: 'filename="', why: 'A file whose OAuth part has no validators of scopes is taken.' },
  { method: 'GET', mentions: '/export', why: 'The step of the sequence of the server is not written.' },
  { method: 'GET', mentions: '/meta/inbound-protocols/oidc', why: 'The grants come in another order.' },
];

/** A real server of the lane has no outbound connector that could be asked for. */
const CONNECTOR = /\/outbound-connectors\//;

/** True when an example is to be sent: it does not wait, or LIFTLOCK_WAITING=1 asks for all. */
export function isSent({ method, path, body = '' }: Example): boolean {
  if (CONNECTOR.test(path)) return false;
  if (process.env['LIFTLOCK_WAITING'] === '1') return true;
  return !WAITING_SHAPES.some(
    (each) => each.method === method && (path.includes(each.mentions) || body.includes(each.mentions)),
  );
}
