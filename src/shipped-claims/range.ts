/** First release that has something, and the first that no longer has it; an open end matches. */
export interface Range {
  readonly since?: string;
  readonly until?: string;
}
