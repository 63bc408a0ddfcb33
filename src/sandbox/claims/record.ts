import type { JsonObject } from '../../model/json';
import type { IndexKeys } from '../registry';

/** A claim dialect; `id` is base64url of the URI, `local` for the local one. */
export type DialectRecord = { readonly id: string; readonly uri: string; readonly system: boolean };

/** A local claim; `row` is its number among all claims, `fields` is the request body as it was sent. */
export type LocalClaimRecord = {
  readonly id: string;
  readonly row: number;
  readonly uri: string;
  readonly fields: JsonObject;
};

/** A claim of another dialect; ids are only unique within the dialect, so the record's id has both. */
export type ExternalClaimRecord = {
  readonly id: string;
  readonly row: number;
  readonly dialectId: string;
  readonly uri: string;
  readonly mappedTo: string;
};

export const localClaimKeys = { uri: (record) => [record.uri] } satisfies IndexKeys<LocalClaimRecord>;

export const externalClaimKeys = {
  dialect: (record) => [record.dialectId],
  mappedTo: (record) => [record.mappedTo],
} satisfies IndexKeys<ExternalClaimRecord>;

export const LOCAL_DIALECT = 'http://wso2.org/claims';
export const LOCAL_DIALECT_ID = 'local';
