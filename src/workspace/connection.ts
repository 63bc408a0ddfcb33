import path from 'node:path';
import { LiftlockError, type Problem } from '../model/problem';
import { parseText } from '../substitution/placeholder';
import type { Authentication, Connection } from '../transport/connection';
import { isServerUrl, type Environment } from './environment';
import { Places } from './places';
import { placedIssues, type SchemaIssue } from './schema-issues';

/**
 * The connection of an environment with its `{{env:…}}` placeholders filled in. Only commands that talk to a server
 * call this, so the others need no credentials. Throws all that is missing at once, with file, line and column.
 */
export function resolveEnvironment(
  environment: Environment,
  processVariables: Readonly<Record<string, string | undefined>>,
): Connection {
  const resolver = new Resolver(processVariables);
  const connection = resolver.connection(environment);
  if (connection && resolver.issues.length === 0) return connection;
  const places = new Places(environment.file, environment.text);
  const problems: Problem[] = placedIssues(resolver.issues, places, { environment: environment.name });
  throw new LiftlockError(problems);
}

/** Where the secrets of an environment are, with `{{env:…}}` placeholders filled in. Throws like `resolveEnvironment`. */
export function resolveSecretSources(
  environment: Environment,
  processVariables: Readonly<Record<string, string | undefined>>,
): Environment['secrets'] {
  const resolver = new Resolver(processVariables);
  const sources = resolver.secretSources(environment.secrets);
  if (resolver.issues.length === 0) return sources;
  const places = new Places(environment.file, environment.text);
  throw new LiftlockError(placedIssues(resolver.issues, places, { environment: environment.name }));
}

type Steps = readonly (string | number)[];

class Resolver {
  readonly issues: SchemaIssue[] = [];

  constructor(private readonly processVariables: Readonly<Record<string, string | undefined>>) {}

  connection(environment: Environment): Connection | undefined {
    const { name, tls, proxy, timeouts, concurrency } = environment;
    const url = this.text(environment.url, ['url']).replace(/\/+$/, '');
    if (this.issues.length === 0 && !isServerUrl(url)) {
      this.issues.push(issue('invalid-value', '"url": must be an address such as https://is.example.com', ['url']));
    }
    const auth = this.auth(environment);
    const tenant = this.text(environment.tenant, ['tenant']);
    const proxyAddress = typeof proxy === 'string' ? this.text(proxy, ['proxy']) : proxy;
    return (
      auth && {
        environment: name,
        url,
        tenant,
        auth,
        ...(tls ? { tls: this.tls(tls, environment.root) } : {}),
        ...(proxyAddress === undefined ? {} : { proxy: proxyAddress }),
        ...(timeouts?.connectSeconds === undefined ? {} : { connectTimeoutMs: timeouts.connectSeconds * 1000 }),
        ...(timeouts?.readSeconds === undefined ? {} : { readTimeoutMs: timeouts.readSeconds * 1000 }),
        ...(concurrency === undefined ? {} : { concurrency }),
      }
    );
  }

  private auth(environment: Environment): Authentication | undefined {
    const { auth, root, name } = environment;
    if (!auth) {
      const message = `environments/${name}.yaml does not say how to authenticate`;
      const hint = 'Add "auth", such as { type: client-credentials, clientId: …, clientSecret: … }.';
      this.issues.push({ ...issue('missing-field', message, []), hint });
      return undefined;
    }
    const field = (value: string, key: string): string => this.text(value, ['auth', key]);
    if (auth.type === 'basic') {
      return { ...auth, username: field(auth.username, 'username'), password: field(auth.password, 'password') };
    }
    if (auth.type === 'client-credentials') {
      const clientId = field(auth.clientId, 'clientId');
      const clientSecret = field(auth.clientSecret, 'clientSecret');
      const tokenUrl = auth.tokenUrl === undefined ? {} : { tokenUrl: field(auth.tokenUrl, 'tokenUrl') };
      return { type: auth.type, clientId, clientSecret, ...tokenUrl };
    }
    if (auth.file !== undefined) return { type: 'bearer', file: path.resolve(root, field(auth.file, 'file')) };
    const command = auth.command?.map((word, index) => this.text(word, ['auth', 'command', index]));
    return { type: 'bearer', ...(command ? { command } : {}) };
  }

  secretSources(sources: Environment['secrets']): Environment['secrets'] {
    const { file, folder, command } = sources;
    return {
      ...sources,
      ...(file === undefined ? {} : { file: this.text(file, ['secrets', 'file']) }),
      ...(folder === undefined ? {} : { folder: this.text(folder, ['secrets', 'folder']) }),
      ...(command ? { command: command.map((word, index) => this.text(word, ['secrets', 'command', index])) } : {}),
    };
  }

  private tls(tls: NonNullable<Environment['tls']>, root: string): Connection['tls'] {
    const entries = Object.entries(tls).map(([key, value]) => {
      const resolved = this.text(value, ['tls', key]);
      return [key, key === 'passphrase' ? resolved : path.resolve(root, resolved)];
    });
    return Object.fromEntries(entries) as Connection['tls'];
  }

  private text(text: string, steps: Steps): string {
    const { parts } = parseText(text);
    return parts.map((part) => (typeof part === 'string' ? part : this.variable(part.name, steps))).join('');
  }

  private variable(name: string, steps: Steps): string {
    const value = this.processVariables[name];
    if (value === undefined || value === '') {
      const state = value === undefined ? 'not set' : 'empty';
      const message = `"${steps.join('.')}" needs the process variable ${name}, which is ${state}`;
      this.issues.push({ ...issue('unset-process-variable', message, steps), hint: `Set ${name} and run again.` });
    }
    return value ?? '';
  }
}

function issue(code: string, message: string, steps: Steps): SchemaIssue {
  return { code, message, steps, on: 'value' };
}
