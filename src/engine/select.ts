import type { Task } from '../dsl/program.ts';
import type { RunOptions } from './options.ts';

/** Whether tags let a task run. `always` runs unless it is skipped by name, `never` only when one of its own tags is named. */
export function isSelected(task: Task, { tags, skipTags = [] }: Pick<RunOptions, 'tags' | 'skipTags'>): boolean {
  if (task.tags.some((tag) => skipTags.includes(tag))) return false;
  const named = task.tags.some((tag) => tags?.includes(tag));
  if (task.tags.includes('never')) return (task.options.tags ?? []).some((tag) => tag !== 'never' && tags?.includes(tag)) || (tags?.includes('never') ?? false);
  return !tags || tags.length === 0 || named || task.tags.includes('always');
}
