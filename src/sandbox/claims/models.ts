import { defaulted, flag, listOf, mapOf, model, oneOf, required, since, text, whole, until } from '../shapes';

/* Request models of the claim API (reference §2.3.2). */

const property = model({ key: required(text), value: required(text) });
const profile = model({ readOnly: flag, required: flag, supportedByDefault: flag });

/** `data_time` is the misspelling of the contract of 7.2. */
const DATA_TYPES = ['string', 'integer', 'decimal', 'boolean', 'date_time', 'data_time', 'date', 'epoch', 'complex'];

const localClaimFields = {
  claimURI: required(text),
  displayOrder: whole,
  displayName: required(text),
  readOnly: flag,
  regEx: text,
  required: flag,
  supportedByDefault: flag,
  // Absent it is an empty list, which the product itself refuses (CMT-50030).
  attributeMapping: defaulted(
    listOf(model({ mappedAttribute: required(text), userstore: required(text) })),
    'violation',
  ),
  properties: listOf(property),
  uniquenessScope: since('7.1', oneOf('NONE', 'WITHIN_USERSTORE', 'ACROSS_USERSTORES')),
  sharedProfileValueResolvingMethod: since(
    '7.1',
    oneOf('FromOrigin', 'FromSharedProfile', 'FromFirstFoundInHierarchy'),
  ),
  profiles: since('7.1', mapOf(profile)),
  dataType: since('7.2', oneOf(...DATA_TYPES)),
  subAttributes: since('7.2', listOf(text)),
  canonicalValues: since('7.2', listOf(model({ label: required(text), value: required(text) }))),
  multiValued: since('7.2', flag),
  inputFormat: since('7.2', model({ inputType: text })),
  managedInUserStore: since('7.3', flag),
  extendedValued: since('7.3', flag),
};

export const localClaimModel = model({ ...localClaimFields, description: text });

/** Up to 5.11 a local claim needs a description (reference §5, quirk 48). */
export const describedLocalClaimModel = model({ ...localClaimFields, description: required(until('5.11', text)) });

export const externalClaimModel = model({ claimURI: required(text), mappedLocalClaimURI: required(text) });
export const dialectModel = model({ dialectURI: required(text) });
