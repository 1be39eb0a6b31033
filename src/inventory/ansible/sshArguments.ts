import { splitWords } from './words.ts';

/** What arguments of the ssh program say, as settings of ours, and what has no like here. */
export interface SshArguments {
  readonly settings: ReadonlyMap<string, string>;
  readonly left: readonly string[];
}

/** Options with a like of ours, by their name in ssh_config. */
const settingOf: Readonly<Record<string, string>> = { proxyjump: 'proxyJump', proxycommand: 'proxyCommand', identityfile: 'identityFile', port: 'port', user: 'user', connecttimeout: 'connectTimeout' };
/** Short options with a value. */
const shortOf: Readonly<Record<string, string>> = { J: 'proxyJump', i: 'identityFile', p: 'port', l: 'user', F: 'config' };
/** They tune OpenSSH's own connection and say nothing about the way to a host; ours is kept open by itself. */
const tuning = /^(control(master|persist|path)|serveralive(interval|countmax)|tcpkeepalive|compression|loglevel|identitiesonly|preferredauthentications|pubkeyauthentication|passwordauthentication|kbdinteractiveauthentication|batchmode|forwardagent|connectionattempts|requesttty|addkeystoagent)$/;
/** Short options without a value that change nothing here. */
const quiet = /^-[46ACTaknqtvxX]+$/;

/** Takes `ansible_ssh_common_args` and its like apart. Undefined where a quote is never closed. */
export function sshArguments(text: string): SshArguments | undefined {
  const words = splitWords(text)?.map((word) => word.text);
  if (!words) return undefined;
  const settings = new Map<string, string>();
  const left: string[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [, letter = '', inline = ''] = /^-([A-Za-z])(.*)$/s.exec(word) ?? [];
    if (letter === 'o') option(inline === '' ? (words.shift() ?? '') : inline, settings, left);
    else if (Object.hasOwn(shortOf, letter)) settings.set(shortOf[letter] ?? '', inline === '' ? (words.shift() ?? '') : inline);
    else if (!quiet.test(word)) left.push(word);
  }
  const timeout = settings.get('connectTimeout');
  if (timeout !== undefined && /^\d+$/.test(timeout)) settings.set('connectTimeout', `${timeout}s`);
  return { settings, left };
}

function option(text: string, settings: Map<string, string>, left: string[]): void {
  const [, name = text, value = ''] = /^\s*(\w+)\s*[=\s]\s*(.*)$/s.exec(text) ?? [];
  const key = name.toLowerCase();
  // Of one option given twice ssh takes the first.
  if (Object.hasOwn(settingOf, key)) settings.set(settingOf[key] ?? '', settings.get(settingOf[key] ?? '') ?? value);
  else if (!tuning.test(key)) left.push(`-o ${text.trim()}`);
}
