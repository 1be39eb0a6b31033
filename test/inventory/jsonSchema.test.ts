import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { secret } from '../../src/contract/index.ts';
import { defineFleet } from '../../src/dsl/fleet.ts';
import { schemaOf } from '../../src/inventory/index.ts';
import { fleet, free } from './given.ts';

describe('the schema for editors', () => {
  it('knows the variables of all groups, requires none, and stays strict', () => {
    const { $defs } = schemaOf(fleet);
    expect($defs?.['vars']).toMatchInlineSnapshot(`
      {
        "additionalProperties": false,
        "properties": {
          "debug": {
            "type": "boolean",
          },
          "endpoint": {
            "description": "Address of the API server.",
            "type": "string",
          },
          "files": {
            "items": {
              "additionalProperties": false,
              "properties": {
                "mode": {
                  "type": "string",
                },
                "path": {
                  "type": "string",
                },
              },
              "required": [
                "path",
                "mode",
              ],
              "type": "object",
            },
            "type": "array",
          },
          "level": {
            "enum": [
              "quiet",
              "normal",
              "loud",
            ],
            "type": "string",
          },
          "maxPods": {
            "maximum": 9007199254740991,
            "minimum": -9007199254740991,
            "type": "integer",
          },
          "swappiness": {
            "maximum": 200,
            "minimum": 0,
            "type": "integer",
          },
          "sysctl": {
            "additionalProperties": {
              "type": [
                "string",
                "number",
              ],
            },
            "default": {},
            "propertyNames": {
              "type": "string",
            },
            "type": "object",
          },
          "timezone": {
            "default": "UTC",
            "description": "Time zone of every node.",
            "type": "string",
          },
          "token": {
            "description": "A secret. Write !secret age:NAME, !secret env:NAME or !secret command:PROGRAM.",
            "type": "string",
          },
        },
        "type": "object",
      }
    `);
  });

  it('knows the form of the file', () => {
    const schema = schemaOf(free);
    expect(Object.keys(schema.properties ?? {})).toEqual(['$schema', 'vars', 'ssh', 'groups', 'hosts']);
    expect(schema.additionalProperties).toBe(false);
    expect(schema.properties?.['vars']).toMatchInlineSnapshot(`
      {
        "anyOf": [
          {
            "$ref": "#/$defs/vars",
          },
          {
            "type": "null",
          },
        ],
        "description": "Variables of all hosts.",
      }
    `);
    expect(JSON.stringify(schema.properties?.['ssh'])).toContain('Private key or keys to try');
    expect(JSON.stringify(schema)).toContain('as !secret');
  });

  it('keeps what lists of a variable require, since lists replace as a whole', () => {
    const schema = schemaOf(defineFleet({ shared: z.strictObject({ users: z.array(z.strictObject({ name: z.string() })), deep: z.strictObject({ a: z.string(), b: secret() }) }), groups: {} }));
    const vars = JSON.parse(JSON.stringify(schema.$defs?.['vars'])) as unknown;
    expect(vars).toMatchObject({ properties: { users: { items: { required: ['name'] } }, deep: { properties: { a: { type: 'string' }, b: { type: 'string' } } } } });
    expect(vars).not.toHaveProperty('required');
    expect(vars).not.toHaveProperty('properties.deep.required');
  });
});
