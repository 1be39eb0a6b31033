import type { Task } from '../dsl/program.ts';

/** Run-once tasks of one play: the first host that comes to one does it, the others wait for what becomes of it. */
export interface OnceBoard {
  /** Does the work, or waits for the host that does it; `shared` then names that host. */
  share<T extends object>(task: Task, host: string, work: () => Promise<T>): Promise<T & { readonly shared?: string }>;
}

export function onceBoard(): OnceBoard {
  const begun = new Map<string, { readonly host: string; readonly result: Promise<object> }>();
  return {
    async share<T extends object>(task: Task, host: string, work: () => Promise<T>) {
      if (!task.options.runOnce) return work();
      const other = begun.get(task.id);
      if (other) return { ...((await other.result) as T), shared: other.host };
      const result = work();
      begun.set(task.id, { host, result });
      return result;
    },
  };
}
