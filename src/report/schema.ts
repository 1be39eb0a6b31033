import { z } from 'zod';
import type { Cause, Diagnostic } from '../contract/diagnostic.ts';
import type { Located } from '../contract/located.ts';
import type { RunEvent, Status, ToldChange } from './event.ts';

/** The event types as a schema: for reading a journal, and as JSON Schema for those who read `--output jsonl`. */
const located: z.ZodType<Located> = z.object({ file: z.string(), line: z.number(), col: z.number() });

const causes = ['usage', 'inventory', 'playbook', 'args', 'bundle', 'template', 'secret', 'unreachable', 'auth', 'host-key', 'become', 'locked', 'lost', 'timeout', 'reading', 'refused', 'apply', 'not-converged', 'late', 'drift', 'aborted', 'lab', 'internal'] as const satisfies readonly Cause[];

const diagnostic: z.ZodType<Diagnostic> = z.object({
  cause: z.enum(causes),
  summary: z.string(),
  detail: z.string().exactOptional(),
  hint: z.string().exactOptional(),
  at: z.array(located).exactOptional(),
  host: z.string().exactOptional(),
  play: z.string().exactOptional(),
  task: z.string().exactOptional(),
});

const status: z.ZodType<Status> = z.enum(['ok', 'changed', 'would-change', 'unknown', 'failed', 'skipped']);
export const toldChange: z.ZodType<ToldChange> = z.object({ what: z.string(), from: z.string().nullable(), to: z.string().nullable(), run: z.string() });
const counts = z.object({ ok: z.number(), changed: z.number(), 'would-change': z.number(), unknown: z.number(), failed: z.number(), skipped: z.number() });
const task = { play: z.string(), host: z.string(), task: z.string(), module: z.string(), at: located };

export const runEventSchema: z.ZodType<RunEvent> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('runStart'), run: z.string(), mode: z.enum(['plan', 'apply']), playbook: z.string(), inventory: z.string(), plays: z.array(z.object({ name: z.string(), hosts: z.array(z.string()) })), hosts: z.array(z.string()), version: z.string(), startedAt: z.string() }),
  z.object({ type: z.literal('hostConnecting'), host: z.string() }),
  z.object({ type: z.literal('hostConnected'), host: z.string(), transport: z.string(), ms: z.number() }),
  z.object({ type: z.literal('hostUnreachable'), host: z.string(), error: diagnostic }),
  z.object({ type: z.literal('playStart'), play: z.string(), hosts: z.array(z.string()) }),
  z.object({ type: z.literal('batch'), play: z.string(), host: z.string(), readings: z.number(), effects: z.number(), ms: z.number() }),
  z.object({ type: z.literal('taskStart'), ...task, index: z.number(), of: z.number() }),
  z.object({ type: z.literal('taskOutput'), ...task, stream: z.enum(['stdout', 'stderr']), text: z.string() }),
  z.object({
    type: z.literal('taskResult'),
    ...task,
    status,
    changes: z.array(toldChange),
    ms: z.number(),
    attempts: z.number(),
    mayBeAffected: z.boolean().exactOptional(),
    note: z.string().exactOptional(),
    error: diagnostic.exactOptional(),
    ignored: z.boolean().exactOptional(),
    id: z.string().exactOptional(),
    argsDigest: z.string().exactOptional(),
    event: z.boolean().exactOptional(),
  }),
  z.object({ type: z.literal('handlerResult'), play: z.string(), host: z.string(), handler: z.string(), at: located, status: z.enum(['ran', 'would-run', 'failed']), ms: z.number(), error: diagnostic.exactOptional() }),
  z.object({ type: z.literal('warning'), host: z.string().exactOptional(), message: z.string() }),
  z.object({ type: z.literal('hostEnd'), play: z.string(), host: z.string(), counts, trips: z.number(), ms: z.number() }),
  z.object({ type: z.literal('playEnd'), play: z.string(), ms: z.number() }),
  z.object({ type: z.literal('runEnd'), ok: z.boolean(), hosts: z.number(), changed: z.number(), unchanged: z.number(), pending: z.number(), unknown: z.number(), failed: z.number(), unreachable: z.number(), skipped: z.number(), trips: z.record(z.string(), z.number()), ms: z.number(), errors: z.array(diagnostic) }),
]);
