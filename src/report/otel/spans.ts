import { type Attributes, type Context, ROOT_CONTEXT, type Span, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import type { Diagnostic } from '../../contract/diagnostic.ts';
import type { Reporter, RunEvent, TaskRef } from '../event.ts';

/** Spans of a run by its events: run > play > host > task, with what else is told as events of theirs. Texts are masked already. */
export function spansOf(tracer: Tracer, parent: Context = ROOT_CONTEXT): Reporter & { /** Ends what a run that broke off left open. */ close(): void } {
  const open = new Map<string, Span>();
  const begin = (key: string, name: string, under: string | undefined, attributes: Attributes, startTime = Date.now()): Span => {
    const above = under === undefined ? undefined : open.get(under);
    const span = tracer.startSpan(name, { attributes, startTime }, above ? trace.setSpan(ROOT_CONTEXT, above) : parent);
    open.set(key, span);
    return span;
  };
  const finish = (key: string, attributes: Attributes = {}, error?: Diagnostic): void => {
    const span = open.get(key);
    if (!span) return;
    open.delete(key);
    if (error) fail(span, error);
    span.setAttributes(attributes).end();
  };
  const hostKey = ({ play, host }: { readonly play: string; readonly host: string }): string => `host\0${play}\0${host}`;
  const taskKey = (task: TaskRef): string => `task\0${task.play}\0${task.host}\0${task.task}\0${task.at.line}`;
  /** A host has a span in each play; it begins with the play, or with what is first told of it. */
  const hostSpan = (of: { readonly play: string; readonly host: string }): Span => open.get(hostKey(of)) ?? begin(hostKey(of), of.host, `play\0${of.play}`, { 'plinth.host': of.host, 'plinth.play': of.play });

  const on = (event: RunEvent): void => {
    switch (event.type) {
      case 'runStart':
        begin('run', `plinth ${event.mode}`, undefined, { 'plinth.run': event.run, 'plinth.mode': event.mode, 'plinth.playbook': event.playbook, 'plinth.inventory': event.inventory, 'plinth.hosts': event.hosts.length }, Date.parse(event.startedAt) || Date.now());
        break;
      case 'hostConnected':
        open.get('run')?.addEvent('connected', { 'plinth.host': event.host, 'plinth.transport': event.transport, 'plinth.ms': event.ms });
        break;
      case 'hostUnreachable':
        open.get('run')?.addEvent('unreachable', { 'plinth.host': event.host, 'plinth.cause': event.error.cause, 'plinth.error': event.error.summary });
        break;
      case 'playStart':
        begin(`play\0${event.play}`, event.play, 'run', { 'plinth.play': event.play, 'plinth.hosts': event.hosts.length });
        for (const host of event.hosts) hostSpan({ play: event.play, host });
        break;
      case 'batch':
        hostSpan(event).addEvent('round trip', { 'plinth.readings': event.readings, 'plinth.effects': event.effects, 'plinth.ms': event.ms });
        break;
      case 'taskStart':
        hostSpan(event);
        begin(taskKey(event), event.task, hostKey(event), attributesOf(event));
        break;
      case 'taskResult': {
        hostSpan(event);
        const key = taskKey(event);
        // A task that was only read has no beginning of its own.
        const span = open.get(key) ?? begin(key, event.task, hostKey(event), attributesOf(event), Date.now() - event.ms);
        for (const change of event.changes) span.addEvent('change', { 'plinth.what': change.what });
        finish(key, { 'plinth.status': event.status, 'plinth.changes': event.changes.length, 'plinth.attempts': event.attempts, ...(event.ignored === undefined ? {} : { 'plinth.ignored': event.ignored }) }, event.ignored === true ? undefined : event.error);
        break;
      }
      case 'handlerResult':
        hostSpan(event);
        begin(`handler\0${event.host}`, event.handler, hostKey(event), { 'plinth.handler': event.handler, 'plinth.host': event.host, ...placeOf(event.at) }, Date.now() - event.ms);
        finish(`handler\0${event.host}`, { 'plinth.status': event.status }, event.error);
        break;
      case 'warning':
        open.get('run')?.addEvent('warning', { 'plinth.message': event.message, ...(event.host === undefined ? {} : { 'plinth.host': event.host }) });
        break;
      case 'hostEnd': {
        const failed = event.counts.failed > 0;
        const span = open.get(hostKey(event));
        if (failed) span?.setStatus({ code: SpanStatusCode.ERROR });
        finish(hostKey(event), { 'plinth.changed': event.counts.changed, 'plinth.unchanged': event.counts.ok, 'plinth.failed': event.counts.failed, 'plinth.round_trips': event.trips });
        break;
      }
      case 'playEnd':
        finish(`play\0${event.play}`);
        break;
      case 'runEnd': {
        const run = open.get('run');
        for (const error of event.errors) if (run) fail(run, error);
        finish('run', { 'plinth.ok': event.ok, 'plinth.changed': event.changed, 'plinth.unchanged': event.unchanged, 'plinth.pending': event.pending, 'plinth.failed': event.failed, 'plinth.unreachable': event.unreachable });
        break;
      }
      case 'hostConnecting':
      case 'taskOutput':
        break;
    }
  };
  return { on, close: () => [...open.keys()].toReversed().forEach((key) => finish(key)) };
}

const placeOf = ({ file, line }: { readonly file: string; readonly line: number }): Attributes => ({ 'code.file.path': file, 'code.line.number': line });
const attributesOf = (task: TaskRef): Attributes => ({ 'plinth.host': task.host, 'plinth.play': task.play, 'plinth.module': task.module, ...placeOf(task.at) });

function fail(span: Span, { summary, cause, detail, hint }: Diagnostic): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: summary });
  span.addEvent('exception', { 'exception.type': cause, 'exception.message': summary, ...(detail === undefined ? {} : { 'exception.stacktrace': detail }), ...(hint === undefined ? {} : { 'plinth.hint': hint }) });
}
