import { type Judged, ok, warn } from '../finding.ts';

export interface AgentState {
  /** SSH_AUTH_SOCK. */
  readonly socket: string | undefined;
  /** Exit code of `ssh-add -l`: 0 keys, 1 none, 2 nobody answers; undefined where it cannot be run. */
  readonly code: number | undefined;
  readonly keys: number;
  /** Keys on the disk that need no passphrase, or whose passphrase is not needed before they are used. */
  readonly files: number;
}

export function judgeAgent({ socket, code, keys, files }: AgentState): Judged {
  const what = 'SSH agent';
  if (socket === undefined) return files > 0 ? ok(what, 'none is running; keys are read from files') : warn(what, 'none is running, and there is no usual key file', 'Make a key (ssh-keygen -t ed25519) and put it on the hosts (ssh-copy-id), or name keys or a password in the inventory.');
  if (code === undefined) return warn(what, `at ${socket}; ssh-add is not installed, so it was not asked`, 'Install openssh-client to let `plinth doctor` look at the agent.');
  if (code === 2) return warn(what, `nobody answers at ${socket}`, 'SSH_AUTH_SOCK points to an agent that is gone, often in an old terminal or tmux: start one (eval "$(ssh-agent)"; ssh-add), or unset SSH_AUTH_SOCK.');
  if (keys === 0) return files > 0 ? ok(what, 'it holds no key; keys are read from files') : warn(what, 'it holds no key, and there is no usual key file', 'Give it one: ssh-add ~/.ssh/id_ed25519.');
  return keys > 5 ? warn(what, `it holds ${keys} keys`, 'Servers hang up after six attempts (MaxAuthTries): name the right one per host with identityFile, and `IdentitiesOnly yes` in ssh_config.') : ok(what, `it holds ${keys} ${keys === 1 ? 'key' : 'keys'}`);
}
