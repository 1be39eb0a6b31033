import type { Action } from '../../contract/index.ts';
import { shells, syntaxError } from '../parses.ts';
import { undescribed } from './args.ts';

/** An action with what its folder says of it: arguments that it must take. */
export interface ActionSubject {
  readonly folder: string;
  readonly action: Action;
  readonly examples: readonly { readonly file: string; readonly args: unknown; readonly run: readonly string[] }[];
}

export const actionLaws: readonly { readonly name: string; check(subject: ActionSubject): string[] }[] = [
  { name: 'is named like its folder', check: ({ folder, action }) => (action.name === folder ? [] : [`the action in ${folder}/ is called ${action.name}`]) },
  { name: 'has a summary of one sentence', check: ({ action: { summary } }) => (/^[A-Z][^\n]*[^.\s]\.$/.test(summary) ? [] : [`not one sentence with a full stop: ${JSON.stringify(summary)}`]) },
  { name: 'describes every argument and is strict about their names', check: ({ action }) => undescribed(action.args) },
  { name: 'shows by an example what it runs', check: ({ examples }) => (examples.length > 0 ? [] : ['cases/ is empty']) },
  {
    name: 'runs scripts that POSIX shells understand, as its examples say',
    check: ({ action, examples }) =>
      examples.flatMap(({ file, args, run }) => {
        const parsed = action.args.safeParse(args);
        if (!parsed.success) return [`${file}: ${parsed.error.issues.map(({ message }) => message).join('; ')}`];
        const script = action.run(parsed.data);
        const absent = run.filter((part) => !script.show().includes(part)).map((part) => `run does not hold ${JSON.stringify(part)}:\n${script.show()}`);
        return [...absent, ...shells.flatMap((shell) => syntaxError(script, shell) ?? [])].map((problem) => `${file}: ${problem}`);
      }),
  },
];
