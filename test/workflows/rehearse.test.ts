import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import type { JsonObject } from '../../src/model/json';
import type { Plan } from '../../src/model/plan';
import type { RehearsalReport } from '../../src/model/report';
import { wso2Is } from '../../src/products/wso2-is/product';
import type { SandboxOptions } from '../../src/sandbox/sandbox';
import type { Seed } from '../../src/sandbox/seeding';
import type { Transport } from '../../src/transport/transport';
import { withCopy } from '../../src/workflows/copy-server';
import { copyOfServer, readServer } from '../../src/workflows/environment-copy';
import { hasSucceeded, playOnCopy } from '../../src/workflows/rehearse';
import { rehearseEnvironment, type RehearseOptions } from '../../src/workflows/rehearse-job';
import type { Session } from '../../src/workflows/session';
import { exported, openTestServer, planFor, type TestServer } from './sandbox-session';

const LOCK_PANEL = {
  name: 'Lock Panel',
  description: 'Opens locks',
  inboundProtocolConfiguration: {
    oidc: { clientId: 'lock-panel', clientSecret: 'lock-panel-7f3', grantTypes: ['client_credentials'] },
  },
};

/** Two applications, one of which may open locks. */
const seed: Seed = {
  random: 5,
  requests: [
    {
      verb: 'POST',
      path: '/api-resources',
      body: { name: 'Locks', identifier: 'urn:locks', scopes: [{ name: 'open' }] },
    },
    { verb: 'POST', path: '/applications', body: LOCK_PANEL },
    { verb: 'POST', path: '/applications', body: { name: 'Tide Table', description: 'Tides' } },
  ],
};

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function server(options: SandboxOptions = {}): Promise<TestServer> {
  const running = await openTestServer({ seed, ...options });
  closing.push(running.close);
  running.sandbox.journal.clear();
  return running;
}

/** A workspace with these artifacts (kind folder → values) for a server as `prod`. */
async function workspace(
  url: string,
  artifacts: Readonly<Record<string, readonly JsonObject[]>>,
  extras: JsonObject = {},
): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'liftlock-rehearse-'));
  closing.push(() => rm(root, { recursive: true, force: true }));
  await writeFile(path.join(root, 'liftlock.yaml'), stringify({ product: 'wso2-is', environments: ['prod'] }));
  await mkdir(path.join(root, 'environments'));
  const auth = { type: 'client-credentials', clientId: 'liftlock', clientSecret: 'liftlock-sandbox' };
  await writeFile(path.join(root, 'environments/prod.yaml'), stringify({ url, auth, ...extras }));
  for (const [folder, values] of Object.entries(artifacts)) {
    await mkdir(path.join(root, 'artifacts', folder), { recursive: true });
    for (const [index, value] of values.entries()) {
      await writeFile(path.join(root, 'artifacts', folder, `${index}.yaml`), stringify(value));
    }
  }
  return root;
}

async function rehearse(
  folder: string,
  options: Partial<RehearseOptions> & { signal?: AbortSignal } = {},
): Promise<{ report: RehearsalReport; plan: Plan }> {
  const signal = options.signal ?? new AbortController().signal;
  return rehearseEnvironment(
    { folder, environment: 'prod', selection: {}, write: false, surroundings: { variables: {}, signal } },
    { prune: false, maxDeletes: 5, now: () => new Date(0), ...options },
  );
}

describe('a plan that works', () => {
  const artifacts: Readonly<Record<string, readonly JsonObject[]>> = {
    applications: [{ name: 'Lock Panel', description: 'Opens every lock' }, { name: 'Night Watch' }],
  };

  test('is done on the copy, with nothing left and nothing else changed', async () => {
    const { sandbox } = await server();
    const { report } = await rehearse(await workspace(sandbox.url, artifacts));
    expect(report).toMatchObject({
      environment: 'prod',
      version: '7.1',
      succeeded: true,
      outcomes: [
        { key: 'Lock Panel', action: 'update', status: 'done' },
        { key: 'Night Watch', action: 'create', status: 'done' },
      ],
      secondPlan: 'empty',
      remaining: [],
      besides: [],
      notCopied: [],
    });
    expect(report.copied).toEqual(expect.arrayContaining([{ kind: 'application', count: 4 }]));
  });

  test('reaches the server with reads only, by read scopes only, each artifact once', async () => {
    const { sandbox } = await server();
    await rehearse(await workspace(sandbox.url, artifacts));
    const entries = sandbox.journal.entries();
    expect(sandbox.journal.writes()).toEqual([]);
    const scopes = new Set(entries.flatMap((entry) => entry.scopes ?? []));
    expect([...scopes].filter((scope) => !scope.endsWith('_view'))).toEqual([]);
    const reads = entries.map((entry) => entry.path).filter((each) => !/oauth2/.test(each));
    expect(reads.length).toBeGreaterThan(10);
    expect(reads.filter((each, index) => reads.indexOf(each) !== index)).toEqual([]);
  });

  test('leaves no trace in the workspace', async () => {
    const { sandbox } = await server();
    const folder = await workspace(sandbox.url, artifacts);
    await rehearse(folder);
    expect(existsSync(path.join(folder, '.liftlock'))).toBe(false);
  });

  test('deletes what is to be deleted, under the cap', async () => {
    const { sandbox } = await server();
    const folder = await workspace(sandbox.url, artifacts);
    const { report } = await rehearse(folder, { prune: true });
    expect(report).toMatchObject({ succeeded: true, secondPlan: 'empty' });
    expect(report.outcomes).toContainEqual({
      kind: 'application',
      key: 'Tide Table',
      action: 'delete',
      status: 'done',
    });
    const capped = await rehearse(folder, { prune: true, maxDeletes: 0 });
    expect(capped.report).toMatchObject({ succeeded: false, secondPlan: 'not-made', writes: 0 });
    expect(capped.report.problems).toMatchObject([{ code: 'too-many-deletes' }]);
  });

  test('that was reviewed is rehearsed as it is, whatever else the files say by now', async () => {
    const { sandbox } = await server();
    const folder = await workspace(sandbox.url, artifacts);
    const { plan } = await rehearse(folder);
    const reviewed = { ...plan, operations: plan.operations.filter(({ key }) => key === 'Night Watch') };
    const { report } = await rehearse(folder, { reviewed });
    expect(report).toMatchObject({ succeeded: true, writes: 1, secondPlan: 'empty' });
    expect(report.outcomes.map(({ key }) => key)).toEqual(['Night Watch']);
    await expect(rehearse(folder, { reviewed: { ...plan, version: '7.0' } })).rejects.toMatchObject({ exitCode: 3 });
  });

  test('is rehearsed on an environment that is as the files say: there is nothing to do', async () => {
    const { sandbox } = await server();
    const { report } = await rehearse(
      await workspace(sandbox.url, { applications: [{ name: 'Tide Table', description: 'Tides' }] }),
    );
    expect(report).toMatchObject({ succeeded: true, outcomes: [], writes: 0, secondPlan: 'empty' });
  });

  test('that changes a secret client is rehearsed although nobody here knows the secret', async () => {
    const { sandbox } = await server();
    const oidc = {
      clientId: 'lock-panel',
      grantTypes: ['client_credentials'],
      publicClient: false,
      allowedOrigins: ['https://locks.example'],
    };
    const folder = await workspace(sandbox.url, {
      applications: [{ ...LOCK_PANEL, inboundProtocolConfiguration: { oidc } }],
    });
    expect((await rehearse(folder)).report).toMatchObject({ succeeded: true, writes: 1 });
  });
});

/** What a server of a version refuses, and how the rehearsal tells it. */
interface Failing {
  readonly what: string;
  readonly artifacts: Readonly<Record<string, readonly JsonObject[]>>;
  readonly artifact: string;
  readonly says: RegExp;
}

const NEW = { name: 'Night Watch' };
const step = (idp: string, authenticator: string): JsonObject => ({
  authenticationSequence: { type: 'USER_DEFINED', steps: [{ id: 1, options: [{ idp, authenticator }] }] },
});

const FAILING: readonly Failing[] = [
  {
    what: 'an identity provider that is not there',
    artifacts: { applications: [{ ...NEW, ...step('Harbour Trust', 'OpenIDConnectAuthenticator') }] },
    artifact: 'application/Night Watch',
    says: /refers to identity-provider\/Harbour Trust, which prod does not have/,
  },
  {
    what: 'an API resource that is not there',
    artifacts: { applications: [{ ...NEW, authorizedAPIs: [{ identifier: 'urn:weirs', scopes: ['open'] }] }] },
    artifact: '',
    says: /prod has no api resource "urn:weirs"/,
  },
  {
    what: 'a scope that the API resource does not have',
    artifacts: { applications: [{ ...NEW, authorizedAPIs: [{ identifier: 'urn:locks', scopes: ['close'] }] }] },
    artifact: 'application/Night Watch',
    says: /urn:locks has no scope close/,
  },
  {
    what: 'a user store that is not there',
    artifacts: {
      'local-claims': [
        {
          claimURI: 'http://wso2.org/claims/berth',
          displayName: 'Berth',
          description: 'Berth',
          attributeMapping: [{ userstore: 'CREW', mappedAttribute: 'berth' }],
        },
      ],
    },
    artifact: 'local-claim/http://wso2.org/claims/berth',
    says: /Invalid userstore CREW/,
  },
  {
    what: 'a client id that another application has',
    artifacts: {
      applications: [
        {
          ...NEW,
          inboundProtocolConfiguration: { oidc: { clientId: 'lock-panel', grantTypes: ['client_credentials'] } },
        },
      ],
    },
    artifact: 'application/Night Watch',
    says: /lock-panel/,
  },
];

describe('a plan that fails', () => {
  const cases = FAILING.flatMap((failing) =>
    (failing.what.includes('API resource') ? (['7.0'] as const) : (['5.11', '7.0'] as const)).map((version) => ({
      ...failing,
      version,
    })),
  );

  test.each(cases)('on a $version server for $what fails on the copy and never reaches the server', async (failing) => {
    const { version, artifacts, artifact, says } = failing;
    const apis = seed.requests.filter(({ path: each }) => version !== '5.11' || each !== '/api-resources');
    const { sandbox } = await server({ version, seed: { ...seed, requests: apis } });
    const { report } = await rehearse(await workspace(sandbox.url, artifacts, { version }));
    expect(report.succeeded).toBe(false);
    const told = [
      ...report.outcomes
        .filter(({ status }) => status === 'failed')
        .map(({ kind, key, reason }) => `${kind}/${key}: ${reason}`),
      ...report.problems.map(({ message }) => message),
    ].join('\n');
    expect(told).toMatch(says);
    expect(told).toContain(artifact);
    expect(sandbox.journal.writes()).toEqual([]);
  });

  test('does the rest all the same, and the second plan shows what is left', async () => {
    const { sandbox } = await server();
    const saml = { issuer: 'night@watch', assertionConsumerUrls: ['https://watch.example/acs'] };
    const conflict = { name: 'Night Watch', inboundProtocolConfiguration: { saml } };
    const folder = await workspace(sandbox.url, {
      applications: [conflict, { name: 'Tide Table', description: 'Ebb' }],
    });
    const { report } = await rehearse(folder);
    expect(report.outcomes.map(({ key, status }) => [key, status])).toEqual([
      ['Night Watch', 'failed'],
      ['Tide Table', 'done'],
    ]);
    expect(report).toMatchObject({
      succeeded: false,
      secondPlan: 'not-empty',
      remaining: [{ key: 'Night Watch', action: 'create', paths: [] }],
    });
  });
});

describe('on a copy', () => {
  /** Plays the change of an application on a copy whose session has been tampered with. */
  async function played(
    tamper: (transport: Transport, session: Session) => Transport,
  ): Promise<ReturnType<typeof playOnCopy>> {
    const { session } = await server();
    const files = await exported(session);
    const desired = {
      ...files,
      artifacts: files.artifacts.map((each) =>
        each.key === 'Lock Panel' ? { ...each, value: { ...each.value, description: 'Changed' } } : each,
      ),
    };
    const original = await readServer(session.server.fresh(), wso2Is, wso2Is.kinds);
    const copy = copyOfServer(original, { product: wso2Is, kinds: wso2Is.kinds, version: '7.1' }, desired);
    const plan = await planFor(session, desired);
    const rehearsal = { plan, selection: {}, prune: false, kinds: wso2Is.kinds, original, now: new Date(0) };
    const options = { tenant: 'carbon.super', signal: new AbortController().signal, secrets: [] };
    return withCopy(session, copy, options, (copied, { refusals }) =>
      playOnCopy({ ...copied, server: tampered(copied, tamper) }, desired, rehearsal, refusals),
    );
  }

  function tampered(
    session: Session,
    tamper: (transport: Transport, session: Session) => Transport,
  ): Session['server'] {
    const transport = tamper(session.server.transport, session);
    const wrap = (inner: Session['server']): Session['server'] => ({
      ...inner,
      transport,
      once: (name, load) => inner.once(name, load),
      fresh: () => wrap(inner.fresh()),
    });
    return wrap(session.server);
  }

  /** Sends another request after each PATCH. */
  const alsoSending =
    (path: (id: string) => readonly string[]) =>
    (transport: Transport): Transport => ({
      statistics: transport.statistics,
      grantedScopes: () => transport.grantedScopes(),
      close: () => transport.close(),
      send: async (request) => {
        const answer = await transport.send(request);
        if (request.method === 'PATCH') {
          const list = await transport.send({ method: 'GET', path: ['api', 'server', 'v1', 'applications'] });
          const { applications } = list.body as { applications: { id: string; name: string }[] };
          const other = applications.find(({ name }) => name === 'Tide Table')?.id ?? '';
          await transport.send({ method: 'DELETE', path: path(other) });
        }
        return answer;
      },
    });

  test('a change that no operation names makes the rehearsal fail', async () => {
    const found = await played(alsoSending((id) => ['api', 'server', 'v1', 'applications', id]));
    expect(found.besides).toEqual([{ kind: 'application', key: 'Tide Table', why: 'deleted' }]);
    expect(found.outcomes).toMatchObject([{ key: 'Lock Panel', status: 'done' }]);
    expect(hasSucceeded(found)).toBe(false);
  });

  test('the undisturbed change succeeds', async () => {
    const found = await played((transport) => transport);
    expect(found).toMatchObject({ besides: [], secondPlan: 'empty', notCopied: [] });
    expect(hasSucceeded(found)).toBe(true);
  });
});

test('an interruption ends the rehearsal and the copy', async () => {
  const { sandbox } = await server();
  const folder = await workspace(sandbox.url, { applications: [{ name: 'Night Watch' }] });
  const controller = new AbortController();
  const ended = rehearse(folder, {
    signal: controller.signal,
    onProgress: (phase) => phase === 'copying' && controller.abort(),
  });
  await expect(ended).rejects.toMatchObject({ problems: [{ code: 'interrupted' }] });
});
