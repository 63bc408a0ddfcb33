import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Version } from '../versions';
import { allScopes } from './scopes';

export interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[] | 'all';
  /** The grants that it may use; all, unless they are told. */
  readonly grants?: readonly string[];
}
export interface User {
  readonly username: string;
  readonly password: string;
}

/** Who sent a request, and what that permits. */
export interface Caller {
  readonly name: string;
  readonly scopes: ReadonlySet<string>;
}

interface Token {
  readonly caller: Caller;
  readonly expiresAt: number;
}

export interface Grant {
  readonly token: string;
  readonly scopes: readonly string[];
  readonly lifetimeSeconds: number;
}

/** Knows clients, users and the tokens given out; tokens live in memory only and die with the process. */
export class Gatekeeper {
  private readonly tokens = new Map<string, Token>();
  private readonly everything: ReadonlySet<string>;

  constructor(
    private readonly clients: readonly Client[],
    private readonly users: readonly User[],
    private readonly lifetimeSeconds: number,
    version: Version,
  ) {
    this.everything = new Set(allScopes(version));
  }

  /** The seed acts with every scope. */
  get system(): Caller {
    return { name: 'seed', scopes: this.everything };
  }

  /** The client with this id and secret, if they are right. */
  client(clientId: string, clientSecret: string): Client | undefined {
    return this.clients.find((client) => client.clientId === clientId && sameSecret(client.clientSecret, clientSecret));
  }

  /**
   * Gives the permitted part of the requested scopes; the rest is left out without an error (reference §1.2). Who asks
   * for `SYSTEM` gets all that is permitted.
   */
  grant(client: Client, requested: readonly string[]): Grant {
    const permitted = client.scopes === 'all' ? this.everything : new Set(client.scopes);
    const wanted = requested.includes('SYSTEM') ? permitted : new Set(requested);
    const scopes = [...wanted].filter((scope) => permitted.has(scope));
    const token = randomUUID();
    this.forgetExpired();
    this.tokens.set(token, {
      caller: { name: client.clientId, scopes: new Set(scopes) },
      expiresAt: Date.now() + this.lifetimeSeconds * 1000,
    });
    return { token, scopes, lifetimeSeconds: this.lifetimeSeconds };
  }

  /** Who an Authorization header stands for; undefined for none, a wrong one, or an expired token. */
  caller(authorization: string | undefined): Caller | undefined {
    const [scheme = '', value = ''] = (authorization ?? '').split(' ', 2);
    if (/^bearer$/i.test(scheme)) return this.bearer(value);
    const basic = basicCredentials(authorization);
    const user =
      basic && this.users.find((known) => known.username === basic.name && sameSecret(known.password, basic.secret));
    return user ? { name: user.username, scopes: this.everything } : undefined;
  }

  /** Makes the token in an Authorization header worthless. */
  revoke(authorization: string | undefined): void {
    this.tokens.delete(/^bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '');
  }

  private bearer(value: string): Caller | undefined {
    const token = this.tokens.get(value);
    return token && token.expiresAt > Date.now() ? token.caller : undefined;
  }

  private forgetExpired(): void {
    const now = Date.now();
    for (const [value, token] of this.tokens) if (token.expiresAt <= now) this.tokens.delete(value);
  }
}

/** Name and secret of a Basic Authorization header. A tenant-qualified `user@tenant` counts as the user. */
export function basicCredentials(authorization: string | undefined): { name: string; secret: string } | undefined {
  const encoded = /^basic\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 0) return undefined;
  return { name: decoded.slice(0, colon).replace(/@[^@]+$/, ''), secret: decoded.slice(colon + 1) };
}

/** Compares in a time that tells nothing. */
export function sameSecret(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
