import * as z from 'zod';

const profile = z.strictObject({
  required: z.boolean().optional(),
  readOnly: z.boolean().optional(),
  supportedByDefault: z.boolean().optional(),
});

/** A local claim as it stands in a file (reference, 2.3.2). */
export const localClaimSchema = z.strictObject({
  claimURI: z.string().min(1),
  displayName: z.string().min(1),
  description: z.string().optional().describe('Mandatory on 5.11.'),
  displayOrder: z.int().optional(),
  dataType: z
    .enum(['string', 'integer', 'decimal', 'boolean', 'date_time', 'date', 'epoch', 'complex'])
    .optional(),
  multiValued: z.boolean().optional(),
  subAttributes: z.array(z.string()).optional(),
  canonicalValues: z.array(z.strictObject({ label: z.string(), value: z.string() })).optional(),
  inputFormat: z.strictObject({ inputType: z.string().optional() }).optional(),
  regEx: z.string().optional(),
  required: z.boolean().optional(),
  readOnly: z.boolean().optional(),
  supportedByDefault: z.boolean().optional(),
  uniquenessScope: z.enum(['NONE', 'WITHIN_USERSTORE', 'ACROSS_USERSTORES']).optional(),
  sharedProfileValueResolvingMethod: z.enum(['FromOrigin', 'FromSharedProfile', 'FromFirstFoundInHierarchy']).optional(),
  managedInUserStore: z.boolean().optional(),
  extendedValued: z.boolean().optional(),
  attributeMapping: z
    .array(z.strictObject({ userstore: z.string().min(1), mappedAttribute: z.string() }))
    .min(1)
    .describe('One attribute for each user store.'),
  profiles: z.record(z.string(), profile).optional(),
  properties: z
    .array(
      z.strictObject({
        key: z.string().min(1),
        value: z.union([z.string(), z.boolean(), z.number()]),
      }),
    )
    .optional(),
});
