import type { Late } from './late.ts';
import type { Source } from './local.ts';
import { Script } from './script/script.ts';

/** A file put in place whole: written beside its target as root, checked, then renamed over it. */
export interface Upload {
  readonly kind: 'upload';
  readonly path: string;
  /** Text is sent as UTF-8; other bytes as they are. A source is poured: however big it is, it is never held whole. */
  readonly content: string | Uint8Array | Late<string> | Late<Uint8Array> | Source;
  /** Octal digits, e.g. `0644`. */
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
  /** A command that must accept the new file before it is put in place; `%s` stands for its path, as in `visudo -cf %s`. */
  readonly validate?: string;
}

/** The node is restarted, and the run goes on when it answers with another boot id. */
export interface Reboot {
  readonly kind: 'reboot';
  /** How long the node may take to answer again, in ms. */
  readonly timeout: number;
}

/**
 * Something that may cut the connection off: sshd, firewall, network. The node takes it back by itself after a while, unless
 * it is confirmed over a new connection: what was not confirmed is undone, whatever became of us.
 */
export interface Guarded {
  readonly kind: 'guarded';
  readonly run: Script;
  /** Restores what was there before. Run by the node, by /bin/sh as root, without us. */
  readonly undo: Script;
  /** How long the node waits for the confirmation, in ms, counted from before `run`. */
  readonly within: number;
}

/** What mends a difference. */
export type Effect = Script | Upload | Reboot | Guarded;

/** One difference between what is wanted and what is found, and what mends it. */
export interface Change {
  readonly kind: 'change';
  /** The thing that differs: a path, a kernel parameter, a unit. */
  readonly what: string;
  /** What is found, one line or a whole text; undefined where there is nothing yet. */
  readonly from: string | undefined;
  /** What will be there; undefined where it is taken away. */
  readonly to: string | undefined;
  readonly run: Effect;
  /** Longest time the effect may take, in ms; the task's own timeout wins. */
  readonly timeout?: number;
  /** Must not be cut off: on a lost link or Ctrl-C it finishes detached (package manager, kubeadm, etcd). */
  readonly critical?: boolean;
  /** An event, not a state: nothing on the node will show that it was done, so it is not read back. */
  readonly event?: boolean;
  /** For events: whether it changed anything, by its result. Default: yes. */
  changedWhen?(result: Applied): boolean;
  /** Only waits: it runs in apply and does not count as a change. */
  readonly passive?: boolean;
}

/** What an effect said. Texts are the last 64 KiB. */
export interface Applied {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The module looked and will not go on: nothing it could do would make the node as wanted. */
export interface Refusal {
  readonly kind: 'refusal';
  /** What is wrong, one sentence. */
  readonly what: string;
  /** What was found. */
  readonly evidence: string;
  /** The way out. */
  readonly hint?: string;
  /** No earlier task could mend it, so a plan says `failed` rather than `unknown`. */
  readonly final?: boolean;
  /** It is lifted by something that an earlier task may bring. */
  readonly unless?: Unless;
}

/**
 * What a refusal waits for. A plan that knows of an earlier task which brings it tells what will differ then, in the place of
 * the refusal; in apply the node is read again, and nothing of this is used.
 */
export interface Unless {
  /** Any of these, in the words of `Module.brings`: `package tuned`, `program kubeadm`. */
  readonly brought: readonly string[];
  /** What will differ then, as far as it is known now. Nothing: it will be as wanted. */
  readonly changes: readonly Change[];
}

export type ChangeOptions = Pick<Change, 'timeout' | 'critical' | 'event' | 'passive'> & { changedWhen?: (result: Applied) => boolean };

/** A difference: `what` is `from` and should be `to`; `run` mends it. */
export const change = (what: string, from: string | undefined, to: string | undefined, run: Effect, options: ChangeOptions = {}): Change => ({
  kind: 'change',
  what,
  from,
  to,
  run,
  ...options,
});

/** Stops the task with the reason, the evidence and the way out. */
export const refuse = (what: string, evidence: string, options: Pick<Refusal, 'hint' | 'final' | 'unless'> = {}): Refusal => ({ kind: 'refusal', what, evidence, ...options });

export const upload = (file: Omit<Upload, 'kind'>): Upload => ({ kind: 'upload', ...file });
export const reboot = (timeout: number): Reboot => ({ kind: 'reboot', timeout });
export const guarded = (run: Script, { undo, within = 30_000 }: { readonly undo: Script; readonly within?: number }): Guarded => ({ kind: 'guarded', run, undo, within });

/** For people: what an effect does, late values by name. */
export function showEffect(effect: Effect): string {
  if (effect instanceof Script) return effect.show();
  if (effect.kind === 'upload') return `put ${effect.path} (${effect.mode} ${effect.owner}:${effect.group})`;
  if (effect.kind === 'guarded') return `${effect.run.show()}\n# Unless a new connection confirms it within ${effect.within / 1000} s, the node takes it back:\n${effect.undo.show().replaceAll(/^/gm, '# ')}`;
  return 'reboot';
}
