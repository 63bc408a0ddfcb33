/** The id, and the only key, of the resident identity provider (reference, 2.2.1). */
export const RESIDENT = 'LOCAL';

/** Of its authenticators an import takes these; the others cannot be changed by a file (reference, 2.2.6). */
export const IMPORTED_AUTHENTICATORS: readonly string[] = ['passivests', 'samlsso'];
