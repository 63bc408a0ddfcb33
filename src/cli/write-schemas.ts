import path from 'node:path';
import { productNamed } from '../products/products';
import { jsonSchemaOf, SCHEMAS } from '../reports/schema';
import { faultRulesSchema } from '../sandbox/fault-rules/schema';
import { jsonSchemaOf as fileSchemaOf } from '../workspace/schema-fields';
import { writeSchemas } from '../workspace/schemas';
import { writeFiles, type FileChange } from '../workspace/writing';
import { COMMAND_SCHEMAS, commandJsonSchema } from './command-schemas';

const PRODUCT = 'wso2-is';

/** Writes all JSON Schemas to `schemas/` below the root: those of workspace files and those of `--json` documents. */
export async function writeAllSchemas(root: string): Promise<void> {
  await writeSchemas(root, productNamed(PRODUCT).kinds, { products: [PRODUCT] });
  await writeFiles(root, [
    ...namesOf(SCHEMAS).map((name) => schemaFile(name, jsonSchemaOf(name))),
    schemaFile('sandbox-faults', { ...fileSchemaOf(faultRulesSchema), title: 'Faults of the sandbox' }),
    ...namesOf(COMMAND_SCHEMAS).map((name) => schemaFile(name, commandJsonSchema(name))),
  ]);
}

function schemaFile(name: string, schema: object): FileChange {
  return { path: `schemas/${name}.schema.json`, text: `${JSON.stringify(schema, null, 2)}\n` };
}

function namesOf<Schemas extends object>(schemas: Schemas): (keyof Schemas & string)[] {
  return Object.keys(schemas) as (keyof Schemas & string)[];
}

if (require.main === module) void writeAllSchemas(path.resolve(__dirname, '../..'));
