import type { z } from 'zod';
import { type Diagnostic, PlinthError } from '../contract/diagnostic.ts';
import { Late } from '../contract/late.ts';
import type { Located } from '../contract/located.ts';
import type { Action, Module } from '../contract/module.ts';
import type { Facts } from '../contract/read/facts.ts';
import { BodyError } from './body-error.ts';
import { callSite } from './callsite.ts';
import type { Handle, Handler, TaskContext, WithFacts } from './context.ts';
import type { Host, LoadedFleet } from './fleet.ts';
import type { DemandBoard, FactsOf, HandlerNode, HostPlay, PlayOptions, Task, TaskOptions } from './program.ts';
import { openSlot } from './slot.ts';

interface Frame {
  readonly index: number;
  readonly name: string;
  readonly options: PlayOptions;
  readonly demands: DemandBoard;
  readonly origin: LoadedFleet['origin'];
}

/** Runs the body of a play for one host and gathers what it declares. Throws all bad arguments at once. */
export function evaluateBody(play: Frame, host: Host<unknown>, body: (context: TaskContext<unknown> & WithFacts) => Late<unknown> | void, facts: Facts | undefined, factsOf: FactsOf = () => undefined): { play: HostPlay; result: Late<unknown> | undefined } {
  const tasks: Task[] = [];
  const onDemand: Task[] = [];
  const handlers: HandlerNode[] = [];
  const problems: Diagnostic[] = [];

  const parse = (what: string, name: string, at: Located, schema: z.ZodType, args: unknown): unknown => {
    const parsed = schema.safeParse(args);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      const keys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
      for (const key of keys) {
        const path = [...issue.path, ...(key === undefined ? [] : [key])];
        const origin = play.origin?.(host.name, args, path);
        problems.push({
          cause: 'args',
          summary: `${[what, ...path.map(String)].join('.')}: ${key === undefined ? issue.message : 'no such argument'}`,
          at: origin ? [at, origin] : [at],
          host: host.name,
          play: play.name,
          task: name,
        });
      }
    }
    return undefined;
  };

  const declare = (list: Task[], mark: string, at: Located, name: string, module: Module, args: unknown, options: TaskOptions): { task: Task; notify: HandlerNode[] } => {
    const notify: HandlerNode[] = [];
    const id = `${play.index}.${mark}${list.length}`;
    const task: Task = { id, name, at, module, args: parse(module.name, name, at, module.args, args), options, tags: [...(play.options.tags ?? []), ...(options.tags ?? [])], notify, output: openSlot(name) };
    list.push(task);
    return { task, notify };
  };

  const handleOf = <O>(name: string, output: Late<unknown>, notify: HandlerNode[]): Handle<O> => {
    const handle: Handle<O> = {
      name,
      output: output as Late<O>,
      notify: (...notified) => {
        notify.push(...notified.map((one) => one.node));
        return handle;
      },
    };
    return handle;
  };

  const context: TaskContext<unknown> & WithFacts = {
    host,
    vars: host.vars,
    // Types promise facts only to plays that ask for them; the engine gives them to those.
    facts: facts as Facts,
    factsOf,
    task(name, module, args, options = {}) {
      const at = callSite(context.task);
      mustBe(module, 'module', name, at);
      const { task, notify } = declare(tasks, '', at, name, module as unknown as Module, args, options as TaskOptions);
      return handleOf(name, task.output.late, notify);
    },
    onDemand(name, module, args, options = {}) {
      const at = callSite(context.onDemand);
      mustBe(module, 'module', name, at);
      const { task, notify } = declare(onDemand, 'd', at, name, module as unknown as Module, args, options as TaskOptions);
      const late = new Late(name, async () => {
        if (!play.demands.run) throw new PlinthError({ cause: 'late', summary: `"${name}" was asked for outside a run`, at: [task.at] });
        return play.demands.run(host.name, task);
      });
      return handleOf(name, late, notify);
    },
    handler(name, action, args): Handler {
      const at = callSite(context.handler);
      mustBe(action, 'action', name, at);
      const node: HandlerNode = { id: `${play.index}.h${handlers.length}`, name, at, action: action as Action, args: parse(action.name, name, at, action.args, args) };
      handlers.push(node);
      return { name, node };
    },
  };

  const result = runBody(play.name, host.name, () => body(context) ?? undefined);
  if (problems.length > 0) throw new PlinthError(problems);
  return { play: { host: host.name, tasks, handlers, onDemand }, result };
}

/** Whatever a body throws is told with its play and host. */
function runBody<T>(play: string, host: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof PlinthError)) throw new BodyError(play, host, error);
    throw new PlinthError(error.diagnostics.map((one) => ({ play, host, ...one })), { cause: error });
  }
}

/** Playbooks are not type-checked when they run: a misspelt import is undefined here, and says so. */
function mustBe(value: unknown, what: 'module' | 'action', name: string, at: Located): void {
  if (typeof value === 'object' && value !== null && 'args' in value) return;
  throw new PlinthError({ cause: 'playbook', summary: `"${name}" got no ${what}: what was imported is ${value === undefined ? 'undefined' : `a ${typeof value}`}`, at: [at], hint: `Is its name spelt right in the import? \`plinth doc\` lists what there is, and \`npx tsc\` finds such slips.` });
}
