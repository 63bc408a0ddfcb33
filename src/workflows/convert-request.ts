import type { ConvertReport } from '../model/report';
import type { FileFormat } from '../service-provider-files/source-text';
import type { XmlDialect } from '../service-provider-files/write-xml';

export interface ConvertRequest {
  /** Folder of the workspace. */
  readonly folder: string;
  /** Folder that paths are relative to. */
  readonly from: string;
  readonly paths: readonly string[];
  /** A folder, or `-` for standard output; absent: the workspace. */
  readonly out?: string;
  readonly to: 'artifacts' | FileFormat;
  readonly dialect: XmlDialect;
  /** Format of the files to read, where their names do not say it. */
  readonly format?: FileFormat;
  /** To artifacts: the environment that the files are from. To files: the one to render for. */
  readonly environment?: string;
  /** For a file that has no name of its own. */
  readonly name?: string;
  readonly force: boolean;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export interface Conversion {
  readonly report: ConvertReport;
  /** What goes to standard output. */
  readonly text: string;
}
