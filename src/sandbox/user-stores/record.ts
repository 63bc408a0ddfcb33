import type { IndexKeys } from '../registry';

export type StoreProperty = { readonly name: string; readonly value: string };

/** A secondary user store; the id is base64url of the domain name, the type the simple name of its Java class. */
export type UserStoreRecord = {
  readonly id: string;
  readonly name: string;
  readonly typeName: string;
  readonly description: string;
  readonly properties: readonly StoreProperty[];
  /** When the running server takes it up, in milliseconds since 1970: some time after it was created (quirk 27). */
  readonly deployedAt: number;
};

export const userStoreKeys = {
  domain: (record) => [record.name.toUpperCase()],
} satisfies IndexKeys<UserStoreRecord>;
