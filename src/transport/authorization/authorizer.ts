/** Proves to the server who sends a request. */
export interface Authorizer {
  /** The value of the Authorization header; gets a token first where one is needed. */
  header(): Promise<string>;
  /** After a 401: gets new credentials in place of the rejected header. False: there are none, the 401 is final. */
  renew(rejected: string): Promise<boolean>;
  /** What the server granted; undefined where the credentials have no scopes that we know of. */
  grantedScopes(): Promise<readonly string[] | undefined>;
  /** What the user can do about a 401 or 403. */
  hint(status: number): string | undefined;
}
