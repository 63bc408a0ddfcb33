/** Variables that point git at another repository, index or program than the one in the folder that we were given. */
const LEFT_OUT = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_EXTERNAL_DIFF',
  'GIT_PAGER',
  'GIT_EDITOR',
  'GIT_SEQUENCE_EDITOR',
  'GIT_TEMPLATE_DIR',
  'GIT_SSH',
  'GIT_SSH_COMMAND',
  'GIT_PROXY_COMMAND',
  'GIT_ASKPASS',
  'GIT_TRACE',
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
  'SSH_ASKPASS',
  'EDITOR',
  'PAGER',
  'PREFIX',
]);

/** What makes git's answers the same for every user: English, literal paths, no questions, no pager. */
const FIXED = {
  LC_ALL: 'C',
  LANGUAGE: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_OPTIONAL_LOCKS: '0',
};

/** The environment in which git runs for us. */
export function gitEnvironment(own: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(own).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !LEFT_OUT.has(entry[0].toUpperCase()),
  );
  return { ...Object.fromEntries(kept), ...FIXED };
}

/** User settings that would change what git prints or make it ask. Hooks stay as the user has them. */
export const GIT_SETTINGS = [
  'color.ui=false',
  'core.quotePath=false',
  'commit.gpgSign=false',
  'commit.verbose=false',
  'i18n.commitEncoding=UTF-8',
  'status.branch=false',
  'status.showStash=false',
  'advice.statusHints=false',
];
