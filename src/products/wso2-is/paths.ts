/** First segments of the management APIs below a tenant (reference, 1.1). */
export const API = ['api', 'server', 'v1'] as const;
export const SCIM = ['scim2', 'v2'] as const;
