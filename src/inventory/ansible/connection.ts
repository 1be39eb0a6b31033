import { homedir } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { type Diagnostic, Secret } from '../../contract/index.ts';
import { placeOf, sayIssue } from '../check/issue.ts';
import { hostSshSchema } from '../layout/ssh.ts';
import { type Entry, plain, type Table, type Tree } from '../source/tree.ts';
import { ansibleDiagnostic } from './inventory.ts';
import type { SecretOf } from '../source/yaml.ts';
import { isNeedless, type Setting, settingOf } from './settings.ts';
import { sshArguments } from './sshArguments.ts';
import { sayUnsupported, unsupportedIn } from './unsupported.ts';

/** One map of variables, taken apart: how hosts are reached, and everything else. */
export interface TakenApart {
  readonly vars: Table;
  readonly ssh?: Table;
  readonly complaints: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
}

/** Maps `ansible_*` variables to our settings of a connection. Relative key files start at the working folder, as with Ansible. */
export function takeConnection(table: Table, around: Around): TakenApart {
  const vars = new Map<string, Entry>();
  const ssh = new Map<string, Entry>();
  const complaints: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  for (const [name, entry] of table.entries) {
    const setting = Object.hasOwn(settingOf, name) ? settingOf[name] : undefined;
    if (!setting) {
      if (!isNeedless(name)) vars.set(name, entry);
      continue;
    }
    const unsupported = unsupportedIn(entry.value);
    const env = setting.kind === 'secret' ? environmentOf(entry.value) : undefined;
    if (env !== undefined) {
      ssh.set(setting.to, withValue(entry, around.secretOf(`env:${env}`, entry.value.at)));
    } else if (unsupported) {
      const { what, hint } = sayUnsupported(unsupported);
      // Without a password a host may still let us in, by key, by agent or by asking; without the rest we would go elsewhere.
      if (setting.kind === 'secret') warnings.push(ansibleDiagnostic(entry.value.at, `${entry.value.at.path}: ${what}, so there is no ${setting.to} from here`, hint));
      else complaints.push(ansibleDiagnostic(entry.value.at, `${entry.value.at.path}: ${what}`, hint));
    } else {
      take(name, setting, entry, ssh, { complaints, warnings, cwd: around.cwd });
    }
  }
  const settings: Table = { kind: 'table', at: table.at, entries: ssh };
  const parsed = hostSshSchema.safeParse(plain(settings), { jitless: true });
  for (const said of parsed.success ? [] : parsed.error.issues.flatMap((issue) => sayIssue(issue, settings))) {
    const at = placeOf(said, settings);
    complaints.push(ansibleDiagnostic(at, `${at.path}: ${said.what}`, said.hint));
  }
  return { vars: { ...table, entries: vars }, ...(ssh.size > 0 && parsed.success ? { ssh: settings } : {}), complaints, warnings };
}

export interface Around {
  readonly cwd: string;
  readonly secretOf: SecretOf;
}

interface Told {
  readonly complaints: Diagnostic[];
  readonly warnings: Diagnostic[];
  readonly cwd: string;
}

function take(name: string, setting: Setting, entry: Entry, ssh: Map<string, Entry>, { complaints, warnings, cwd }: Told): void {
  const { value } = entry;
  const path = value.at.path;
  if (value.kind !== 'leaf') return void complaints.push(ansibleDiagnostic(value.at, `${path}: expected one value, found a ${value.kind === 'list' ? 'list' : 'map'}`));
  const text = typeof value.value === 'string' || typeof value.value === 'number' || typeof value.value === 'boolean' ? String(value.value) : '';
  switch (setting.kind) {
    case 'text':
      if (text !== '') ssh.set(setting.to, withValue(entry, text));
      return;
    case 'number':
      if (text !== '') ssh.set(setting.to, withValue(entry, /^\d+$/.test(text) ? Number(text) : text));
      return;
    case 'seconds':
      if (text !== '') ssh.set(setting.to, withValue(entry, /^\d+$/.test(text) ? `${text}s` : text));
      return;
    case 'flag': {
      const flag = /^(yes|true|on|1|y|t)$/i.test(text) ? true : /^(no|false|off|0|n|f|)$/i.test(text) ? false : undefined;
      if (flag === undefined) complaints.push(ansibleDiagnostic(value.at, `${path}: expected true or false, found ${JSON.stringify(text)}`));
      else ssh.set(setting.to, withValue(entry, flag));
      return;
    }
    case 'file':
      if (text !== '') ssh.set(setting.to, withValue(entry, fullPath(text, cwd)));
      return;
    case 'secret':
      if (text === '') return;
      ssh.set(setting.to, withValue(entry, new Secret(`${name} of ${value.at.file}:${value.at.line}`, async () => text)));
      warnings.push(ansibleDiagnostic(value.at, `${path}: a password stands here in plain text`, `it is masked in all output; better is a Plinth file beside (-i INVENTORY -i more.yaml) with \`ssh: { ${setting.to}: !secret env:NAME }\``));
      return;
    case 'transport':
      if (/(^|\.)local$/.test(text)) ssh.set('transport', withValue(entry, 'local'));
      else ssh.set('transport', withValue(entry, 'auto'));
      return;
    case 'arguments':
      return takeArguments(text, entry, ssh, { complaints, warnings, cwd });
    case 'only': {
      if (setting.values.includes(text.toLowerCase())) return;
      complaints.push(ansibleDiagnostic(value.at, `${path}: ${setting.why}, and ${JSON.stringify(text)} is something else`, setting.hint));
      return;
    }
    case 'hostKeys':
      if (/^(no|false|off|0)$/i.test(text)) warnings.push(hostKeyWarning(value, path));
      return;
    default: {
      const none: never = setting;
      throw new TypeError(`no such setting: ${JSON.stringify(none)}`);
    }
  }
}

function takeArguments(text: string, entry: Entry, ssh: Map<string, Entry>, { complaints, warnings, cwd }: Told): void {
  const { at } = entry.value;
  const found = sshArguments(text);
  if (!found) return void complaints.push(ansibleDiagnostic(at, `${at.path}: a quote is never closed`));
  for (const [key, value] of found.settings) ssh.set(key, withValue(entry, key === 'port' ? Number(value) : key === 'identityFile' || key === 'config' ? fullPath(value, cwd) : value));
  // No arguments at all take back those of a weaker group.
  if (text.trim() === '') ssh.set('proxyJump', withValue(entry, 'none'));
  const [keys, others] = [found.left.filter((one) => hostKeyOption.test(one)), found.left.filter((one) => !hostKeyOption.test(one))];
  if (keys.length > 0) warnings.push(hostKeyWarning(entry.value, at.path));
  if (others.length > 0) warnings.push(ansibleDiagnostic(at, `${at.path}: ${others.join(' ')} has no like here and counts for nothing`, 'proxies, ports, users, keys and time limits are read; the rest belongs into ~/.ssh/config'));
}

const hostKeyOption = /^-o (StrictHostKeyChecking|UserKnownHostsFile|GlobalKnownHostsFile|CheckHostIP|VerifyHostKeyDNS|UpdateHostKeys)\b/i;
const hostKeyWarning = (tree: Tree, path: string): Diagnostic => ansibleDiagnostic(tree.at, `${path}: host keys are verified here all the same`, '`--accept-new` trusts hosts that are not known yet, once; pinned keys go into `ssh: { hostKeys: ... }`');

const withValue = (entry: Entry, value: unknown): Entry => ({ keyAt: entry.keyAt, value: { kind: 'leaf', at: entry.value.at, value } });

/** `~` is left to be found in the environment of the run. */
const fullPath = (path: string, cwd: string): string => (isAbsolute(path) || path === '~' || path.startsWith('~/') ? path : resolve(cwd, path.replace(/^~(?=\w)/, `${homedir()}/../`)));

/** `{{ lookup('env', 'NAME') }}` is the one template with a plain meaning for a password. */
function environmentOf(tree: Tree): string | undefined {
  return tree.kind === 'leaf' ? /^\s*\{\{\s*lookup\(\s*['"](?:ansible\.builtin\.)?env['"]\s*,\s*['"]([A-Za-z_]\w*)['"]\s*\)\s*\}\}\s*$/.exec(tree.text ?? '')?.[1] : undefined;
}
