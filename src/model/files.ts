/**
 * A set of text files to read from: the work tree, or a git revision. Paths are relative to the workspace folder, with
 * `/` on every system.
 */
export interface FileSource {
  /** What a message calls it, such as `files` or `git:main`. */
  readonly label: string;
  /** All files in a folder and below, sorted; empty when there is no such folder. `''` is the whole workspace. */
  list(folder: string): Promise<string[]>;
  /** Links in a folder and below that are not followed: what they lead to is not among the files. */
  unfollowed?(folder: string): Promise<string[]>;
  /** The text of a file; undefined when there is none. */
  read(path: string): Promise<string | undefined>;
}
