import type { CheckItem, CheckReport } from '../model/report';
import { isInterruption, LiftlockError } from '../model/problem';
import type { Product } from '../products/product';
import type { Transport } from '../transport/transport';
import type { Environment } from '../workspace/environment';
import type { Settings } from '../workspace/settings';
import { versionItem } from './version-check';
import { connect, type Connected, type Surroundings } from './connect';

type EnvironmentCheck = CheckReport['environments'][number];

/**
 * Checks one environment from the outside in: settings, encryption, sign-in, scopes, each API. What cannot be checked
 * because something before it failed is "skipped". Writes nothing; never throws for what it is there to find.
 */
export async function checkEnvironment(
  workspace: { readonly root: string; readonly settings: Settings },
  product: Product,
  environment: Environment,
  surroundings: Surroundings,
): Promise<EnvironmentCheck> {
  const items: CheckItem[] = [encryption(environment)];
  let connected: Connected | undefined;
  try {
    connected = await connect(workspace, product, environment, { ...surroundings, write: true });
    items.unshift({
      name: 'settings',
      status: 'ok',
      detail: `${environment.file}, tenant ${connected.connection.tenant}`,
    });
    items.push(...(await signIn(connected.transport, product.scopes(environment.version))));
    items.push(await versionItem(connected.transport, product.versionSigns, environment));
    items.push(...(await probeAll(connected.transport, product)));
  } catch (error) {
    if (isAboutTrust(error)) items[items.findIndex(({ name }) => name === 'TLS')] = failed('TLS', error);
    else items.push(failed(connected ? 'sign-in' : 'settings', error));
  } finally {
    connected?.transport.close();
  }
  return { environment: environment.name, items };
}

/** The certificate of the server, or our own, was not accepted. */
function isAboutTrust(error: unknown): boolean {
  return (
    error instanceof LiftlockError &&
    error.problems.some(({ code }) => code === 'certificate-refused' || code.startsWith('tls-'))
  );
}

function encryption({ url, tls }: Environment): CheckItem {
  if (url.startsWith('https:')) {
    return {
      name: 'TLS',
      status: 'ok',
      detail: tls?.ca ? `verified, also by ${tls.ca}` : 'verified by the public certificate authorities',
    };
  }
  const local = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/.test(url);
  return local
    ? { name: 'TLS', status: 'ok', detail: 'not used: the server is on this machine' }
    : { name: 'TLS', status: 'warning', detail: `${url} is not encrypted`, hint: 'Use an https address.' };
}

async function signIn(transport: Transport, scopes: ReturnType<Product['scopes']>): Promise<CheckItem[]> {
  const granted = await transport.grantedScopes();
  const signedIn: CheckItem = {
    name: 'sign-in',
    status: 'ok',
    detail: granted ? 'a token was issued' : 'credentials are sent with every request',
  };
  if (!granted)
    return [
      signedIn,
      { name: 'scopes', status: 'skipped', detail: 'only tokens of client credentials name their scopes' },
    ];
  const missing = (wanted: readonly string[]): string[] => wanted.filter((scope) => !granted.includes(scope));
  return [
    signedIn,
    scopeItem('scopes to read', missing(scopes.read), 'failed', 'export, diff and drift need them'),
    scopeItem('scopes to write', missing(scopes.write), 'warning', 'apply needs them'),
  ];
}

function scopeItem(name: string, missing: readonly string[], otherwise: 'failed' | 'warning', need: string): CheckItem {
  if (missing.length === 0) return { name, status: 'ok', detail: 'all granted' };
  const hint = `Authorize the client for them on the server; ${need}.`;
  return { name, status: otherwise, detail: `not granted: ${missing.join(', ')}`, hint };
}

async function probeAll(transport: Transport, product: Product): Promise<CheckItem[]> {
  return Promise.all(
    product.probes.map(async ({ name, path, query }): Promise<CheckItem> => {
      try {
        await transport.send({ method: 'GET', path, ...(query ? { query: { ...query } } : {}) });
        return { name, status: 'ok', detail: 'readable' };
      } catch (error) {
        return failed(name, error);
      }
    }),
  );
}

function failed(name: string, error: unknown): CheckItem {
  if (!(error instanceof LiftlockError) || isInterruption(error)) throw error;
  const hint = error.problems.find((problem) => problem.hint !== undefined)?.hint;
  return { name, status: 'failed', detail: error.message, ...(hint === undefined ? {} : { hint }) };
}

/** True when a check found nothing that stops a reading command. */
export function isHealthy(report: CheckReport): boolean {
  return report.environments.every(({ items }) => items.every((item) => item.status !== 'failed'));
}
