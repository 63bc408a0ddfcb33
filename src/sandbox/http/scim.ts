import type { JsonObject } from '../../model/json';

/** An error answer of the SCIM endpoints, which has a form of its own (reference §1.6). */
export class ScimFailure extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly scimType?: string,
  ) {
    super(detail);
    this.name = 'ScimFailure';
  }

  get body(): JsonObject {
    return {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: this.status,
      detail: this.detail,
      ...(this.scimType === undefined ? {} : { scimType: this.scimType }),
    };
  }
}
