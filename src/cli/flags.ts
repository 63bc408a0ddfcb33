import { Flags } from '@oclif/core';
import type { Selection } from '../model/selection';

/** Flags that every command has. */
export const globalFlags = {
  workspace: Flags.string({
    char: 'C',
    default: '.',
    helpGroup: 'GLOBAL',
    helpValue: 'DIR',
    summary: 'Folder of the workspace.',
  }),
  'no-input': Flags.boolean({ helpGroup: 'GLOBAL', summary: 'Never ask; what needs an answer then fails.' }),
  'no-color': Flags.boolean({ helpGroup: 'GLOBAL', summary: 'Plain text (as with the variable NO_COLOR).' }),
};

/** Which artifacts a command works on. */
export const selectionFlags = {
  kind: Flags.string({
    delimiter: ',',
    helpGroup: 'SELECTION',
    helpValue: 'KIND',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Only artifacts of this kind; may be repeated.',
  }),
  only: Flags.string({
    helpGroup: 'SELECTION',
    helpValue: 'PATTERN',
    multiple: true,
    multipleNonGreedy: true,
    summary: "Only artifacts that match, such as 'application/Travel*'; may be repeated.",
  }),
  except: Flags.string({
    helpGroup: 'SELECTION',
    helpValue: 'PATTERN',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Leave out artifacts that match; may be repeated.',
  }),
};

/** Where reports go, besides the terminal. */
export const reportFlags = {
  report: Flags.string({
    helpValue: 'FILE',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Also write the report to a file: .md, .html, .json, .xml (JUnit) or .sarif; may be repeated.',
  }),
  full: Flags.boolean({ summary: 'Cut and leave out nothing on the terminal (elsewhere nothing is).' }),
};

/** The selection that the flags make. */
export function selectionOf(flags: { kind?: string[]; only?: string[]; except?: string[] }): Selection {
  return { kinds: flags.kind ?? [], only: flags.only ?? [], except: flags.except ?? [] };
}
