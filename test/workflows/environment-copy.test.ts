import { artifactText } from '../../src/model/artifact';
import type { JsonObject } from '../../src/model/json';
import { fingerprint } from '../../src/planning/fingerprint';
import { wso2Is } from '../../src/products/wso2-is/product';
import type { RunningSandbox, SandboxOptions } from '../../src/sandbox/sandbox';
import { sampleCompany, sampleSecret } from '../../src/sandbox/seed';
import type { Seed } from '../../src/sandbox/seeding';
import type { Version } from '../../src/sandbox/versions';
import { withCopy } from '../../src/workflows/copy-server';
import type { DesiredState } from '../../src/workflows/desired';
import {
  copyOfFiles,
  copyOfServer,
  readServer,
  WITHHELD,
  type EnvironmentCopy,
  type ReadArtifact,
  type ServerContent,
} from '../../src/workflows/environment-copy';
import { mendCopy } from '../../src/workflows/mend-copy';
import type { Session } from '../../src/workflows/session';
import { apply, exported, openTestServer, stateOf } from './sandbox-session';

const KINDS = wso2Is.kinds;
const NO_FILES: DesiredState = { artifacts: [], problems: [] };
const options = { tenant: 'carbon.super', signal: new AbortController().signal, secrets: [] };

interface Copied {
  readonly original: ServerContent;
  readonly copy: EnvironmentCopy;
  readonly content: ServerContent;
  readonly sandbox: RunningSandbox;
  readonly session: Session;
}

const contentOf = (session: Session): Promise<ServerContent> => readServer(session.server.fresh(), wso2Is, KINDS);

/** Starts a server, copies it, and looks at the copy while both run. */
async function copying(
  server: SandboxOptions,
  look: (copied: Copied) => Promise<void> | void,
  known: DesiredState = NO_FILES,
): Promise<void> {
  const { session, close } = await openTestServer(server);
  try {
    const original = await contentOf(session);
    const copy = copyOfServer(original, { product: wso2Is, kinds: KINDS, version: session.server.version }, known);
    await withCopy(session, copy, options, async (copied, sandbox) => {
      await mendCopy(copied, KINDS, original, await contentOf(copied));
      await look({ original, copy, content: await contentOf(copied), sandbox, session: copied });
    });
  } finally {
    await close();
  }
}

/** The portals of the sandbox have no secret, and every application that is made gets one. */
const PORTALS = ['Console', 'My Account'];

/** Name, id, protection and fingerprint of everything: what plans hold. Lists that a server does not order may differ. */
function plain({ artifacts, referents }: ServerContent): unknown {
  const byName = (left: ReadArtifact, right: ReadArtifact): number =>
    artifactText(left) < artifactText(right) ? -1 : 1;
  return {
    artifacts: [...artifacts.values()].sort(byName).map(({ kind, key, id, value, confidential, listed }) => {
      const table = KINDS.find(({ name }) => name === kind);
      const { protectedBecause } = listed;
      return {
        kind,
        key,
        id,
        protectedBecause,
        value: !PORTALS.includes(key) && table && fingerprint(table, value, confidential),
      };
    }),
    referents: referents.map((each) => JSON.stringify([artifactText(each), each.value.id, each.value.scopes])).sort(),
  };
}

const VERSIONS: Version[] = ['5.11', '6.1', '7.0', '7.1', '7.2', '7.3'];

test.each(VERSIONS)('a copy of a %s server has all that the server has, under the same ids', async (version) => {
  await copying({ version, seed: sampleCompany('prod') }, ({ original, content, sandbox, copy }) => {
    expect(sandbox.refusals).toEqual([]);
    expect(plain(content)).toEqual(plain(original));
    expect(copy.notCopied.filter(({ why }) => !/secret/.test(why))).toEqual([]);
    expect(copy.counts).toContainEqual({ kind: 'application', count: 16 });
  });
});

/** A company with what most copies never see. */
const oddities: Seed = {
  random: 11,
  requests: [
    {
      verb: 'POST',
      path: '/claim-dialects/local/claims',
      body: {
        claimURI: 'http://wso2.org/claims/berth',
        displayName: 'Berth',
        description: 'Berth',
        attributeMapping: [{ mappedAttribute: 'berth', userstore: 'PRIMARY' }],
      },
    },
    {
      verb: 'POST',
      path: '/api-resources',
      body: { name: 'Locks', identifier: 'urn:locks', scopes: [{ name: 'open' }] },
    },
    {
      verb: 'POST',
      path: '/applications',
      body: {
        name: 'Lock Panel',
        associatedRoles: { allowedAudience: 'APPLICATION' },
        inboundProtocolConfiguration: {
          oidc: { clientId: 'lock-panel', clientSecret: 'lock-panel-7f3', grantTypes: ['client_credentials'] },
        },
      },
    },
    {
      verb: 'POST',
      path: '/applications/{application:Lock Panel}/authorized-apis',
      body: { id: '{api-resource:urn:locks}', policyIdentifier: 'RBAC', scopes: ['open'] },
    },
    {
      verb: 'POST',
      mount: '/scim2/v2',
      path: '/Roles',
      body: { displayName: 'keeper', audience: { type: 'application', value: '{application:Lock Panel}' } },
    },
  ],
};

test('user stores, roles and API resources are copied with their ids and scopes', async () => {
  await copying({ seed: oddities }, ({ original, content }) => {
    const names = content.referents.map(artifactText);
    expect(names).toEqual(expect.arrayContaining(['role/Lock Panel/keeper', 'role/Super/admin']));
    expect(content.referents.find(({ key }) => key === 'urn:locks')?.value).toMatchObject({
      type: 'BUSINESS',
      scopes: [{ name: 'open' }],
    });
    expect(plain(content)).toEqual(plain(original));
  });
});

test('a claim that is mapped to a user store that is gone is copied, and no other can be mapped there', async () => {
  const { session, sandbox, close } = await openTestServer({ seed: oddities });
  const original = await contentOf(session);
  await close();
  const berth = original.artifacts.get('local-claim/http://wso2.org/claims/berth');
  if (!berth) throw new Error('no claim');
  const attributeMapping = [{ mappedAttribute: 'berth', userstore: 'GONE' }];
  const moved = { ...berth, value: { ...berth.value, attributeMapping } };
  const content = { ...original, artifacts: new Map(original.artifacts).set(artifactText(berth), moved) };
  const copy = copyOfServer(content, { product: wso2Is, kinds: KINDS, version: '7.1' }, NO_FILES);
  await withCopy(session, copy, options, async (copied, running) => {
    expect(running.refusals).toEqual([]);
    const there = await contentOf(copied);
    expect(there.artifacts.get(artifactText(berth))?.value).toEqual(moved.value);
    const body = { claimURI: 'http://wso2.org/claims/other', displayName: 'Other', attributeMapping };
    const path = ['api', 'server', 'v1', 'claim-dialects', 'local', 'claims'];
    await expect(copied.server.transport.send({ method: 'POST', path, body })).rejects.toThrow(
      'Invalid userstore GONE',
    );
  });
  expect(sandbox.journal.writes()).toEqual([]);
});

/** The copy of a server on which one application logs in as told. */
async function copyWithLogin(login: JsonObject): Promise<{ copy: EnvironmentCopy; session: Session; id: string }> {
  const { session, close } = await openTestServer({ seed: oddities });
  const original = await contentOf(session);
  await close();
  const panel = original.artifacts.get('application/Lock Panel');
  if (!panel) throw new Error('no application');
  const authenticationSequence = { type: 'USER_DEFINED', steps: [{ id: 1, options: [login] }] };
  const special = { ...panel, value: { ...panel.value, authenticationSequence, description: 'Locks' } };
  const content = { ...original, artifacts: new Map(original.artifacts).set('application/Lock Panel', special) };
  const copy = copyOfServer(content, { product: wso2Is, kinds: KINDS, version: '7.1' }, NO_FILES);
  return { copy, session, id: panel.id };
}

test('a local authenticator that does not ship with the product is known to a copy of a server that uses it', async () => {
  const { copy, session } = await copyWithLogin({ idp: 'LOCAL', authenticator: 'harbour-otp' });
  await withCopy(session, copy, options, async (copied, running) => {
    expect(running.refusals).toEqual([]);
    const found = await stateOf(copied);
    expect(JSON.stringify(found['application/Lock Panel'])).toContain('harbour-otp');
    const { authenticationSequence = null } = found['application/Lock Panel'] ?? {};
    const value = { name: 'Second Panel', authenticationSequence };
    const artifact = { kind: 'application', key: 'Second Panel', value, file: 'x.yaml', unknownSecrets: [] };
    const { result } = await apply(copied, { artifacts: [artifact], problems: [] });
    expect(result.outcomes).toEqual([expect.objectContaining({ key: 'Second Panel', status: 'done' })]);
  });
});

test('an application that the sandbox refuses is copied without the refused part, which is named', async () => {
  const { copy, session, id } = await copyWithLogin({ idp: 'GONE', authenticator: 'SAMLSSOAuthenticator' });
  await withCopy(session, copy, options, async (copied, running) => {
    expect(running.refusals).toEqual([
      {
        kind: 'application',
        key: 'Lock Panel',
        why: expect.stringMatching(/^the sandbox refuses authenticationSequence: .*GONE.*APP-60001/) as string,
      },
    ]);
    const there = (await contentOf(copied)).artifacts.get('application/Lock Panel');
    expect(there).toMatchObject({
      id,
      value: { description: 'Locks', authorizedAPIs: [{ scopes: ['open'] }] },
    });
  });
});

test('what the credentials may not read is named, and what applications name is assumed', async () => {
  const referents = wso2Is.referents.scopes('7.1');
  const scopes = wso2Is.scopes('7.1').read.filter((scope) => !referents.includes(scope));
  const clients = [{ clientId: 'liftlock', clientSecret: 'liftlock-sandbox', scopes }];
  await copying({ seed: oddities, clients }, ({ copy, content, original }) => {
    expect(original.referents).toEqual([]);
    const unread = copy.notCopied.filter(({ key }) => key === '*');
    expect(unread.map(({ kind }) => kind)).toEqual(['user-store', 'api-resource', 'role']);
    expect(unread[0]?.why).toContain('scope internal_userstore_view');
    expect(content.referents.find(({ key }) => key === 'urn:locks')?.value).toMatchObject({
      scopes: [{ name: 'open' }],
    });
    expect(content.referents.map(artifactText)).toContain('role/Lock Panel/keeper');
    expect(plain({ ...content, referents: [] })).toEqual(plain({ ...original, referents: [] }));
  });
});

describe('secrets that the server does not show', () => {
  const hashed: SandboxOptions = { seed: oddities, hashedSecrets: true };
  const put = async (session: Session, clientSecret?: string): Promise<unknown> => {
    const id = (await contentOf(session)).artifacts.get('application/Lock Panel')?.id ?? '';
    const path = ['api', 'server', 'v1', 'applications', id, 'inbound-protocols', 'oidc'];
    const body = {
      clientId: 'lock-panel',
      grantTypes: ['client_credentials'],
      allowedOrigins: [],
      ...(clientSecret && { clientSecret }),
    };
    return session.server.transport.send({ method: 'PUT', path, body }).then(({ status }) => status);
  };

  test('are a marker in the copy, which is not shown either, and are named', async () => {
    await copying(hashed, async ({ copy, content, original, session }) => {
      expect(copy.notCopied).toContainEqual({
        kind: 'application',
        key: 'Lock Panel',
        path: 'inboundProtocolConfiguration.oidc.clientSecret',
        why: 'the server does not show the secret; the copy has another in its place',
      });
      expect(plain(content)).toEqual(plain(original));
      await expect(put(session)).rejects.toThrow('Invalid ClientSecret');
      expect(await put(session, WITHHELD)).toBe(200);
    });
  });

  test('are those of the files where the files know them', async () => {
    const { session, close } = await openTestServer({ seed: oddities });
    const known = await exported(session);
    await close();
    await copying(hashed, async ({ session: copied }) => expect(await put(copied, 'lock-panel-7f3')).toBe(200), known);
  });

  test('of provisioning connectors are masked in the copy as on the server', async () => {
    await copying({ version: '7.3', seed: sampleCompany('prod') }, ({ copy, content, original }) => {
      const masked = copy.notCopied.filter(({ kind }) => kind === 'identity-provider');
      expect(masked.length).toBeGreaterThan(0);
      for (const { key } of masked) {
        const name = `identity-provider/${key}`;
        expect(content.artifacts.get(name)?.value).toEqual(original.artifacts.get(name)?.value);
      }
    });
  });
});

test('a shown secret is in the copy, so that a replacing write is accepted there as on the server', async () => {
  await copying({ seed: sampleCompany('prod') }, ({ content }) => {
    expect(content.artifacts.get('application/Booking Portal')?.value).toMatchObject({
      inboundProtocolConfiguration: { oidc: { clientSecret: sampleSecret('prod', 'booking-portal') } },
    });
  });
});

test('files make a copy on top of what the product ships with; what they refer to is made up and named', async () => {
  const { session, close } = await openTestServer({ seed: oddities });
  const files = await exported(session);
  await close();
  const copy = copyOfFiles(files, { product: wso2Is, kinds: KINDS, version: '7.1' });
  expect(copy.notCopied).toEqual([
    {
      kind: 'api-resource',
      key: 'urn:locks',
      why: 'in no file; where the product does not ship it, it is what applications ask of it',
    },
  ]);
  await withCopy(session, copy, options, async (copied, sandbox) => {
    expect(sandbox.refusals).toEqual([]);
    expect(await exported(copied)).toEqual(files);
    expect((await contentOf(copied)).artifacts.has('application/Console')).toBe(true);
  });
});

test('a version that the sandbox has no release for is stood in for by the release before it, and that is said', () => {
  const content: ServerContent = { artifacts: new Map(), referents: [], unread: [], unreadable: [] };
  const made = (version: string): EnvironmentCopy =>
    copyOfServer(content, { product: wso2Is, kinds: KINDS, version }, NO_FILES);
  expect(made('6.2')).toMatchObject({ version: '6.1', notCopied: [{ key: 'version 6.2' }] });
  expect(made('5.10')).toMatchObject({ version: '5.11', notCopied: [{ key: 'version 5.10' }] });
  expect(made('7.4')).toMatchObject({ version: 'next', notCopied: [] });
  expect(made('7.1')).toMatchObject({ version: '7.1', notCopied: [] });
});

test('reset brings a copy back to what it was', async () => {
  await copying({ seed: oddities }, async ({ sandbox, content, session }) => {
    const id = content.artifacts.get('application/Lock Panel')?.id ?? '';
    await session.server.transport.send({ method: 'DELETE', path: ['api', 'server', 'v1', 'applications', id] });
    sandbox.reset();
    expect(plain(await contentOf(session))).toEqual(plain(content));
  });
});

test('nobody but the rehearsal can sign in to a copy or see what it holds', async () => {
  await copying({ seed: oddities }, async ({ sandbox }) => {
    const status = async (resource: string, credentials?: string): Promise<number> => {
      const headers: Record<string, string> =
        credentials === undefined ? {} : { authorization: `Basic ${btoa(credentials)}` };
      return (await fetch(`${sandbox.url}${resource}`, { headers })).status;
    };
    expect(await status('/sandbox/state')).toBe(404);
    expect(await status('/api/server/v1/applications', 'admin:admin')).toBe(401);
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    const headers = { authorization: `Basic ${btoa('liftlock:liftlock-sandbox')}` };
    expect((await fetch(`${sandbox.url}/oauth2/token`, { method: 'POST', body, headers })).status).toBe(401);
  });
});
