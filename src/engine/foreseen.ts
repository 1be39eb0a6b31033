import type { Refusal } from '../contract/change.ts';
import type { Task } from '../dsl/program.ts';

/** What a plan found to be done on a host so far, over all its plays. */
export interface Foreseen {
  /** The last task that would change something. */
  readonly last: Task | undefined;
  add(task: Task): void;
  /** The task that brings what a refusal waits for. */
  lifts(refusal: Refusal): Task | undefined;
}

/** One memory a host. */
export function foreseeing(): (host: string) => Foreseen {
  const hosts = new Map<string, Foreseen>();
  return (host) => {
    const known = hosts.get(host) ?? nothingForeseen();
    hosts.set(host, known);
    return known;
  };
}

function nothingForeseen(): Foreseen {
  const bringers = new Map<string, Task>();
  let last: Task | undefined;
  return {
    get last() {
      return last;
    },
    add(task) {
      last = task;
      // What is done on another node is not brought to this one.
      if (task.options.delegate) return;
      for (const thing of task.module.brings?.(task.args) ?? []) bringers.set(thing, task);
    },
    lifts: ({ unless }) => unless?.brought.map((thing) => bringers.get(thing)).find((task) => task !== undefined),
  };
}
