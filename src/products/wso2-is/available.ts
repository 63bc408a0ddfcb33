import { isObject, type Json, type JsonObject } from '../../model/json';
import { compareVersions } from '../../model/kind';
import { LiftlockError } from '../../model/problem';
import type { Available, Server } from '../product';
import { listApiResources } from './application/calls';
import { filledText, objectOf, objectsOf } from './json-fields';
import { malformed } from './malformed';
import { API, SCIM } from './paths';
import { internalRole } from './role-names';

type Entry = readonly [key: string, value: JsonObject];

/** How each kind is asked for; kinds with one `answer` share it. */
const ASKED: Readonly<Record<string, { answer: string; ask: (server: Server) => Promise<Entry[]> }>> = {
  authenticator: { answer: 'authenticators', ask: localAuthenticators },
  'grant-type': { answer: 'grant types', ask: (server) => oidcOptions(server, 'allowedGrantTypes') },
  'scope-validator': { answer: 'scope validators', ask: (server) => oidcOptions(server, 'scopeValidators') },
  role: { answer: 'roles', ask: roles },
  'api-resource': { answer: 'API resources', ask: apiResources },
};

/**
 * What a server has of a kind that artifacts need. A server that refuses to say (403), has no such API (404) or answers
 * something else in its place is not taken for one that has nothing.
 */
export function available(server: Server, kind: string): Promise<Available> {
  const asked = ASKED[kind];
  if (!asked) return Promise.resolve({ untold: `Liftlock does not know how to ask for a ${kind}` });
  return server.once(`available ${kind}`, async () => {
    try {
      return { found: new Map(await asked.ask(server)) };
    } catch (error) {
      const why = whyUntold(error);
      if (why === undefined) throw error;
      return { untold: `the server does not tell its ${asked.answer} (${why})` };
    }
  });
}

function whyUntold(error: unknown): string | undefined {
  if (!(error instanceof LiftlockError)) return undefined;
  const codes = error.problems.map(({ code }) => code);
  if (codes.includes('http-403')) return 'status 403: the scope for it is missing';
  if (codes.includes('http-404')) return 'status 404';
  const isOther = codes.includes('answer-malformed') || codes.includes('answer-not-json');
  return isOther ? 'what it answers is no list of them' : undefined;
}

const named = (list: Json | undefined): Entry[] =>
  objectsOf(list).flatMap((item): Entry[] => {
    const name = filledText(item, 'name');
    return name === undefined ? [] : [[name, item]];
  });

async function localAuthenticators(server: Server): Promise<Entry[]> {
  const { body } = await server.transport.send({ method: 'GET', path: [...API, 'authenticators'] });
  if (!Array.isArray(body)) throw malformed(server, 'authenticators that are not a list');
  return named(body).filter(([, { type }]) => type !== 'FEDERATED');
}

/** Grant types are objects, validators are names. */
async function oidcOptions(server: Server, field: string): Promise<Entry[]> {
  const body = await server.once('metadata of oidc', async () => {
    const path = [...API, 'applications', 'meta', 'inbound-protocols', 'oidc'];
    return (await server.transport.send({ method: 'GET', path })).body;
  });
  const options = isObject(body) ? objectOf(body[field])?.options : undefined;
  if (!Array.isArray(options)) throw malformed(server, `metadata of OIDC without ${field}`);
  return options.flatMap((option) => (typeof option === 'string' ? [[option, {}] as const] : named([option])));
}

/** Roles of the organization; before 7.0 there are no others. Names come without the domain that mappings have. */
async function roles(server: Server): Promise<Entry[]> {
  const isOld = compareVersions(server.version, '7.0') < 0;
  const path = isOld ? ['scim2', 'Roles'] : [...SCIM, 'Roles'];
  const found: JsonObject[] = [];
  for (;;) {
    const query = { startIndex: found.length + 1, count: 100 };
    const { body } = await server.transport.send({ method: 'GET', path, query });
    const total = isObject(body) ? body.totalResults : undefined;
    if (!isObject(body) || typeof total !== 'number') throw malformed(server, 'a list of roles without totalResults');
    const page = objectsOf(body.Resources);
    found.push(...page);
    if (page.length === 0 || found.length >= total) break;
  }
  return found
    .filter(({ audience }) => objectOf(audience)?.type !== 'application')
    .map((role): Entry => [internalRole(filledText(role, 'displayName') ?? ''), role]);
}

async function apiResources(server: Server): Promise<Entry[]> {
  return [...(await server.once('api-resources', () => listApiResources(server)))];
}
