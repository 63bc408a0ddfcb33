/** An OIDC scope; its name is its id, and its claims are names of the OIDC dialect. */
export type OidcScopeRecord = {
  readonly id: string;
  readonly displayName: string;
  readonly description?: string;
  readonly claims: readonly string[];
};
