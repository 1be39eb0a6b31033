import { spawnSync } from 'node:child_process';
import { quote, type Script } from '../contract/index.ts';

/** Shells whose grammar every script of a module must fit, where they are on this machine. */
export const shells: readonly (readonly [string, ...string[]])[] = [['dash'], ['busybox', 'sh'], ['bash', '--posix']];

/** What a shell's parser says against a script, nothing being run; undefined where it has nothing to say. */
export function syntaxError(script: Script, [command, ...flags]: readonly [string, ...string[]]): string | undefined {
  const text = script.parts.map((part) => (typeof part === 'string' ? part : quote(part.label))).join('');
  const { status, stderr, error } = spawnSync(command, [...flags, '-n'], { input: `${text}\n`, encoding: 'utf8' });
  if (error) return `${command} cannot be started: ${error.message}`;
  return status === 0 ? undefined : `${[command, ...flags].join(' ')}: ${stderr.trim()}\n${text}`;
}
