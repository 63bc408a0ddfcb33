import { isObject, type Json } from '../../model/json';
import { failure } from '../../model/problem';
import type { Site } from '../site';
import type { Authorizer } from './authorizer';
import { basicHeader } from './basic';

const EARLIEST_RENEWAL_MS = 30_000;

export interface TokenRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly hint: (status: number) => string | undefined;
}

export interface ClientCredentialsOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
  readonly site: Site;
  /** Sends the request to the token endpoint and returns the body of the 2xx answer. */
  readonly post: (request: TokenRequest) => Promise<Json | undefined>;
  readonly now: () => number;
}

interface Token {
  readonly header: string;
  readonly granted: readonly string[];
  readonly renewAt: number;
}

/**
 * OAuth 2 client credentials (RFC 6749, 4.4). One token for all requests: fetched when first needed, by one request even
 * if many wait for it, and renewed 30 s before it expires, or after nine tenths of a life shorter than 300 s.
 */
export class ClientCredentialsAuthorizer implements Authorizer {
  private token: Token | undefined;
  private pending: Promise<Token> | undefined;

  constructor(private readonly options: ClientCredentialsOptions) {
    options.site.keepSecret(options.clientSecret);
  }

  async header(): Promise<string> {
    return (await this.current()).header;
  }

  async renew(rejected: string): Promise<boolean> {
    // Another request may have renewed it in the meantime.
    if (this.token?.header === rejected) await this.fetchOnce();
    return true;
  }

  async grantedScopes(): Promise<readonly string[]> {
    return (await this.current()).granted;
  }

  /** The server grants fewer scopes than asked for without a word; so a 403 is compared with what was granted. */
  hint(status: number): string | undefined {
    const { scopes, site, clientId } = this.options;
    const client = `the application with client id ${site.clean(clientId, 80)}`;
    if (status === 401)
      return `${site.environment} rejects its own token: check tenant and url, and that ${client} is still active.`;
    if (status !== 403) return undefined;
    const granted = new Set(this.token?.granted ?? scopes);
    const missing = scopes.filter((scope) => !granted.has(scope));
    if (missing.length > 0) {
      return `Asked for but not granted: ${missing.join(', ')}. Authorize ${client} for these scopes on ${site.environment}.`;
    }
    return `All scopes asked for were granted (${scopes.join(', ') || 'none'}); what this request needs is not among them, or is not allowed to ${client}.`;
  }

  private async current(): Promise<Token> {
    const { token } = this;
    return token !== undefined && this.options.now() < token.renewAt ? token : this.fetchOnce();
  }

  private fetchOnce(): Promise<Token> {
    this.pending ??= this.fetch().finally(() => {
      this.pending = undefined;
    });
    return this.pending;
  }

  private async fetch(): Promise<Token> {
    const { clientId, clientSecret, scopes, site, post, now } = this.options;
    const authorization = basicHeader(formEncoded(clientId), formEncoded(clientSecret));
    site.keepSecret(authorization.slice('Basic '.length));
    const form = new URLSearchParams({ grant_type: 'client_credentials' });
    if (scopes.length > 0) form.set('scope', scopes.join(' '));
    const askedAt = now();
    const answer = await post({
      headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      hint: (status) => this.tokenHint(status),
    });
    this.token = this.read(answer, askedAt);
    return this.token;
  }

  private read(answer: Json | undefined, askedAt: number): Token {
    const { site, scopes } = this.options;
    const body = isObject(answer) ? answer : {};
    const value = body['access_token'];
    if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) {
      throw failure(
        'token-answer-invalid',
        `${site.environment}: the token endpoint answered without a usable access token.`,
        {
          environment: site.environment,
          hint: 'Is auth.tokenUrl (or url and tenant) the token endpoint of the identity server?',
        },
      );
    }
    site.keepSecret(value);
    // Without a scope in the answer, all that was asked for is granted (RFC 6749, 5.1).
    const granted =
      typeof body['scope'] === 'string' ? body['scope'].split(/\s+/).filter((scope) => scope !== '') : scopes;
    return { header: `Bearer ${value}`, granted, renewAt: askedAt + usableMs(body['expires_in']) };
  }

  private tokenHint(status: number): string | undefined {
    const { environment } = this.options.site;
    if (status !== 400 && status !== 401 && status !== 403) return undefined;
    return `Check auth.clientId and auth.clientSecret of ${environment}, and that the application allows the client credentials grant.`;
  }
}

/** Without a lifetime the token is used until it is rejected. */
function usableMs(expiresIn: Json | undefined): number {
  const lifetime = expiresIn === undefined || expiresIn === null ? Number.NaN : Number(expiresIn) * 1000;
  return Number.isNaN(lifetime) ? Number.POSITIVE_INFINITY : lifetime - Math.min(EARLIEST_RENEWAL_MS, lifetime / 10);
}

/** Client id and secret are form-encoded before they are put together (RFC 6749, 2.3.1). */
function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}
