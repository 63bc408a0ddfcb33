import { isObject } from '../model/json';

/** The parts of an error of Node.js that are safe to look at, whatever was thrown. */
export interface NodeError {
  readonly code: string | number | undefined;
  readonly message: string;
  /** Of a child process: it was ended by us, or by a signal. */
  readonly killed: boolean;
  readonly signal: string | undefined;
}

/** Reads what was thrown by a function of Node.js, without trusting its class or shape. */
export function nodeError(thrown: unknown): NodeError {
  const { code, message, killed, signal }: Record<string, unknown> = isObject(thrown) ? thrown : {};
  return {
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    message: typeof message === 'string' ? message : '',
    killed: killed === true,
    signal: typeof signal === 'string' ? signal : undefined,
  };
}
