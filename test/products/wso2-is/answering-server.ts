import type { Json } from '../../../src/model/json';
import type { Server } from '../../../src/products/product';
import { createServer } from '../../../src/products/server';
import type { Transport } from '../../../src/transport/transport';

/** Answers by the end of the path; what is not named is answered with 404. */
export type Answers = Readonly<Record<string, Json | undefined>>;

export function serverWith(answers: Answers, ownClientId?: string): Server {
  const transport: Pick<Transport, 'environment' | 'send'> = {
    environment: 'dev',
    send: (request) => {
      const end = Object.keys(answers).find((path) => request.path.join('/').endsWith(path));
      const [status, body] = end === undefined ? [404, undefined] : [200, answers[end]];
      return Promise.resolve({ status, headers: {}, body });
    },
  };
  return createServer({ environment: 'dev', version: '7.1', ownClientId }, transport as Transport);
}
