import { Gatekeeper } from '../../src/sandbox/access/gatekeeper';
import { Faults } from '../../src/sandbox/faults';
import { ExchangeReporter } from '../../src/sandbox/http/exchanges';
import { Listener } from '../../src/sandbox/http/listener';
import { Pipeline } from '../../src/sandbox/http/pipeline';
import type { Route } from '../../src/sandbox/http/route';
import { ProductPaths } from '../../src/sandbox/http/server';
import { Identifiers } from '../../src/sandbox/identifiers';
import { Journal } from '../../src/sandbox/journal';
import { World } from '../../src/sandbox/world';
import { basic } from './api';

class Unheard extends ExchangeReporter {
  override answered(): void {}
  override fault(): void {}
}

const scopes = ['internal_idp_view'];

/** Answers a file with its bytes, and tells what else it was sent. */
const echo: Route = {
  verb: 'POST',
  path: '/echo',
  scopes,
  takesForm: true,
  answer: ({ files, headers, raw }) => ({
    status: 200,
    text: files.file?.bytes,
    contentType: files.file?.contentType,
    headers: { 'X-File': `${files.file?.filename} for ${headers['x-purpose']}, ${raw.length} bytes` },
  }),
};
const words: Route = { verb: 'GET', path: '/words', scopes, answer: () => ({ status: 200, text: 'wörds' }) };

describe('bodies that are no JSON', () => {
  let listener: Listener;
  let address: string;

  beforeEach(async () => {
    const settings = {
      version: '7.1',
      tenant: 'carbon.super',
      maximumItemsPerPage: 100,
      hashedSecrets: false,
    } as const;
    const world = new World(settings, new Identifiers(1));
    const gatekeeper = new Gatekeeper([], [{ username: 'admin', password: 'admin' }], 60, '7.1');
    const pipeline = new Pipeline({
      world,
      gatekeeper,
      journal: new Journal(),
      faults: new Faults(),
      prepare: () => undefined,
      latencyMs: 0,
      journalBodies: false,
      // These routes are in no contract.
      exchanges: new Unheard('7.1'),
    });
    listener = new Listener(undefined);
    new ProductPaths(world, [echo, words], gatekeeper, pipeline).register(listener);
    address = `http://127.0.0.1:${await listener.listen('127.0.0.1', 0)}`;
  });
  afterEach(() => listener.close());

  const send = (type: string, body: string): Promise<Response> =>
    fetch(`${address}/api/server/v1/echo`, {
      method: 'POST',
      headers: { authorization: basic('admin', 'admin'), 'content-type': type, 'X-Purpose': 'review' },
      body,
    });

  test('an uploaded file reaches the route, and a file goes out as it is', async () => {
    const part = 'Content-Disposition: form-data; name="file"; filename="boat.yaml"\r\nContent-Type: text/yaml\r\n\r\n';
    const payload = `--cut\r\n${part}name: Skiff\r\n--cut--\r\n`;
    const reply = await send('multipart/form-data; boundary=cut', payload);
    expect([reply.status, await reply.text(), reply.headers.get('content-type')]).toEqual([
      200,
      'name: Skiff',
      'text/yaml',
    ]);
    expect(reply.headers.get('x-file')).toBe(`boat.yaml for review, ${payload.length} bytes`);
  });

  test('a text without a type is plain text', async () => {
    const headers = { authorization: basic('admin', 'admin') };
    const reply = await fetch(`${address}/api/server/v1/words`, { headers });
    expect([await reply.text(), reply.headers.get('content-type'), reply.headers.get('content-length')]).toEqual([
      'wörds',
      'text/plain',
      '6',
    ]);
  });

  test('a route that wants a form takes nothing else, and no broken form', async () => {
    expect((await send('application/json', '{}')).status).toBe(415);
    const broken = await send('multipart/form-data; boundary=cut', '--cut\r\n');
    expect([broken.status, await broken.json()]).toMatchObject([400, { code: 'UE-10000' }]);
  });
});
