import { setTimeout as after } from 'node:timers/promises';
import { emptyServer, read, realServers, request } from './servers';

const { dev } = realServers();
const STORE = {
  typeId: Buffer.from('UniqueIDJDBCUserStoreManager').toString('base64url'),
  name: 'HARBOUR',
  description: 'Staff of the harbour',
  properties: [
    { name: 'url', value: 'jdbc:h2:mem:harbour;DB_CLOSE_DELAY=-1' },
    { name: 'userName', value: 'harbour' },
    { name: 'password', value: 'harbour' },
    { name: 'driverName', value: 'org.h2.Driver' },
    { name: 'Disabled', value: 'false' },
  ],
};

/** A watcher of files brings it up after the answer: 4 to 10 s on a quiet machine. */
const PATIENCE_MS = 60_000;

afterAll(() => emptyServer(dev));

it('serves a user store some seconds after it was created', async () => {
  const { status, body } = await request(dev, 'POST', 'userstores', STORE);
  expect({ status, body }).toMatchObject({ status: 201 });
  const end = Date.now() + PATIENCE_MS;
  let stores: unknown = [];
  while (Date.now() < end && (stores as unknown[]).length === 0) {
    await after(250);
    stores = await read(dev, 'userstores');
  }
  expect(stores).toMatchObject([{ name: 'HARBOUR', description: 'Staff of the harbour', enabled: true }]);
});
