import { join, Secret } from '../../contract/index.ts';
import { shells, syntaxError } from '../parses.ts';
import type { Law, Subject } from './law.ts';
import { planned } from './planned.ts';

export const steadyReadings: Law = {
  name: 'reads the same things each time it is asked',
  check: (subject) =>
    scripts(subject)
      .filter(({ first, second }) => first.map((script) => script.show()).join('\n') !== second.map((script) => script.show()).join('\n'))
      .map(({ file }) => `${file}: observe() gave two different answers`),
};

export const parsedReadings: Law = {
  name: 'reads by scripts that POSIX shells understand',
  check: (subject) => scripts(subject).flatMap(({ file, first }) => first.flatMap((script) => shells.flatMap((shell) => syntaxError(script, shell) ?? []).map((problem) => `${file}: ${problem}`))),
};

export const knownReadings: Law = {
  name: 'reads without values that are known only at apply time',
  check: (subject) =>
    scripts(subject).flatMap(({ file, first }) => first.flatMap((script) => script.lates.filter((late) => !(late instanceof Secret)).map((late) => `${file}: a reading holds <${late.label}>, which a plan cannot know`))),
};

const scripts = ({ module, cases }: Subject) =>
  planned(module, cases).map(({ file, args }) => ({
    file,
    first: join(Object.values(module.observe(args))).scripts,
    second: join(Object.values(module.observe(args))).scripts,
  }));
