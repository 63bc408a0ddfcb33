import type { ConvertReport } from '../model/report';
import type { Conversion, ConvertRequest } from './convert-request';
import { artifactsOf } from './convert-to-artifacts';
import { productFilesOf } from './convert-to-files';

/**
 * Converts files of the product to artifacts, or artifacts to files of the product. Each source is converted as a whole
 * or not at all; one that fails does not stop the others, and is an error in the report.
 */
export function convert(request: ConvertRequest): Promise<Conversion> {
  return request.to === 'artifacts' ? artifactsOf(request) : productFilesOf(request, request.to);
}

/** True when something was asked for and not done. */
export function hasFailed({ sources, files }: ConvertReport): boolean {
  return sources.some(({ status }) => status === 'failed') || files.some(({ change }) => change === 'refused');
}
