import { randomBytes } from 'node:crypto';
import { PlinthError } from '../../contract/diagnostic.ts';
import { quote } from '../../contract/script/quote.ts';
import { runnerFrame } from './frame.ts';
import type { ShellLink } from './link.ts';
import { lockText, type LockRequest } from './lock.ts';
import { type RunnerOptions, runnerText } from './runner.ts';
import { openSession, type Session } from './session.ts';

export interface BootOptions extends Omit<RunnerOptions, 'nonce'> {
  readonly host: string;
  readonly lock?: LockRequest | undefined;
  /** How long to wait for another operator to be done, in ms; 0: refuse at once. Finishing critical steps are always waited for. */
  readonly waitForLock?: number | undefined;
  /** How long the shell may take to say hello, in ms. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  note?(message: string): void;
}

export interface Booted {
  readonly session: Session;
  readonly nonce: string;
  readonly uid: number;
}

/** Turns a fresh `/bin/sh` behind a link into a runner of frames, and takes the node's lock: one round trip. */
export async function boot(link: ShellLink, options: BootOptions): Promise<Booted> {
  // Over stdin, never in argv or the environment: what a step does not know it cannot forge.
  const nonce = randomBytes(12).toString('hex');
  const session = openSession(options.host, link, nonce);
  const late = setTimeout(() => session.destroy(), options.timeout);
  try {
    const hello = `put uid "$(id -u)"${options.lock ? `; ${lockCommand(options.lock, options.host)}` : ''}`;
    const text = `${runnerText({ ...options, nonce }, quote)}${options.lock ? lockText : ''}${runnerFrame(hello)}`;
    const answer = await session.exchange({ text, watched: false, signal: options.signal });
    clearTimeout(late);
    const facts = answer.steps[0]?.facts ?? new Map<string, string>();
    if (options.lock) await locked(session, facts, { ...options, lock: options.lock });
    return { session, nonce, uid: Number(facts.get('uid')) };
  } catch (error) {
    session.destroy();
    throw error;
  } finally {
    clearTimeout(late);
  }
}

const oneLine = (text: string): string => quote(text.replaceAll(/[\p{Cc}]+/gu, ' '));
const lockCommand = ({ who, run, since }: LockRequest, host: string): string => `_pLock ${[who, run, since, host].map(oneLine).join(' ')}`;

/** A holder that was just ended needs a moment to see it, in ms. */
const moment = 1500;

async function locked(session: Session, first: ReadonlyMap<string, string>, options: BootOptions & { lock: LockRequest }): Promise<void> {
  const begun = Date.now();
  let until = begun + Math.max(options.waitForLock ?? 0, moment);
  let facts = first;
  let noted = false;
  while (facts.get('lock') === 'held' && (facts.get('state') === 'finishing' || Date.now() < until)) {
    // Between its last word and its end it holds the lock for a little longer.
    if (facts.get('state') === 'finishing') until = Math.max(until, Date.now() + 2 * moment);
    const hasty = Date.now() - begun < moment;
    if (!noted && !hasty) options.note?.(facts.get('state') === 'finishing' ? `waiting for a step of an earlier run (${holder(facts)}) that must not be cut off` : `waiting for ${holder(facts)}`);
    noted ||= !hasty;
    await new Promise((resolve) => setTimeout(resolve, hasty ? 200 : 1000));
    const answer = await session.exchange({ text: runnerFrame(lockCommand(options.lock, options.host)), watched: false, signal: options.signal });
    facts = answer.steps[0]?.facts ?? new Map<string, string>();
  }
  if (facts.get('lock') === 'held') throw refused(options.host, facts);
  if (facts.get('lock') !== 'taken') throw new PlinthError({ cause: 'locked', host: options.host, summary: `the node's lock cannot be taken: ${facts.get('why') ?? 'no answer'}`, hint: 'The lock lives in /run/plinth (for shells that are not root: in XDG_RUNTIME_DIR or /tmp/plinth-UID): make that writable.' });
  if (facts.has('taken')) options.note?.(`took the lock over from ${facts.get('taken') || 'a holder'}: no sign of life for over 90 s`);
  if (facts.has('finished')) options.note?.(`a step that an earlier run left behind went on by itself and ended with exit code ${facts.get('finished')}`);
}

const holder = (facts: ReadonlyMap<string, string>): string => `${facts.get('who') || 'somebody'}, run ${facts.get('run') || '?'}, since ${facts.get('since') || '?'}`;

const refused = (host: string, facts: ReadonlyMap<string, string>): PlinthError =>
  new PlinthError({
    cause: 'locked',
    host,
    summary: `another run is at work on this node: ${holder(facts)}`,
    hint: 'Wait until it has ended; the lock frees itself when its holder ends or dies, after 90 s at the latest.',
  });
