import { renderJson } from '../../src/reports/json';
import { IN_STEP, jsonSchemaOf, SCHEMAS } from '../../src/reports/schema';
import { KINDS, sample } from './all';

describe('schemas of the JSON documents', () => {
  test('are in step with the types', () => {
    expect(Object.values(IN_STEP)).not.toContain(false);
  });

  test.each(KINDS)('%s: accepts the JSON report and nothing unknown', (kind) => {
    const document = JSON.parse(renderJson(sample(kind))) as Record<string, unknown>;
    expect(SCHEMAS[kind].safeParse(document).error).toBeUndefined();
    expect(SCHEMAS[kind].safeParse({ ...document, more: 1 }).success).toBe(false);
    expect(SCHEMAS[kind].safeParse({ ...document, format: 2 }).success).toBe(false);
  });

  test.each([...KINDS, 'error'] as const)('%s: gives a JSON Schema', (kind) => {
    expect(jsonSchemaOf(kind)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: `liftlock ${kind}`,
      type: 'object',
      additionalProperties: false,
      properties: { format: { const: 1 } },
    });
    expect(JSON.stringify(jsonSchemaOf(kind))).not.toContain('readOnly');
  });
});
