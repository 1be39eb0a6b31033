import { type Change, change, sh } from '../../../contract/index.ts';
import { writing } from '../atBoot.ts';
import { beforePath, beforeText, keepOwn } from './before.ts';
import { type Custom, profileText } from './profiles.ts';

/** tuned as it stands on a node, or as its package will bring it. */
export interface Standing {
  /** The profile that was chosen; empty where there is none. */
  readonly chosen: string;
  /** `auto` where tuned chose by itself; empty where nothing was. */
  readonly mode: string;
  /** State of the unit's file, and of the unit. */
  readonly file: string;
  readonly active: string;
  readonly isRemembered: boolean;
  /** Where a profile of one's own belongs, and what is there. */
  readonly path: string;
  readonly own: string | undefined;
  /** The profile was redefined by somebody since it was chosen, or is not in force. */
  readonly isStale: boolean;
  readonly isInForce: boolean;
}

/** What Debian's and Fedora's package leaves behind: enabled, not yet started, nothing chosen. */
export const asInstalled = (path: string): Standing => ({ chosen: '', mode: '', file: 'enabled', active: 'inactive', isRemembered: false, path, own: undefined, isStale: false, isInForce: true });

/** What makes `profile` the one that is kept. */
export function* planChosen(profile: string, custom: Custom | undefined, { chosen, mode, file, active, isRemembered, path, own, ...is }: Standing): Iterable<Change> {
  if (!isRemembered) {
    const text = beforeText({ profile: chosen, mode, enabled: file === 'enabled', running: active === 'active' });
    yield change(beforePath, undefined, text, sh.lines([keepOwn, writing(beforePath, text, '0644')]));
  }
  const text = custom && profileText(custom);
  const isRedefined = text !== undefined && own !== text;
  if (isRedefined) yield change(path, own, text, writing(path, text, '0644'));
  if (file !== 'enabled' || active !== 'active') yield change('tuned.service', `${file || 'disabled'}, ${active}`, 'enabled, active', sh`systemctl enable -- tuned.service
systemctl start -- tuned.service`);
  const isAsWanted = chosen === profile && mode !== 'auto';
  const isStale = isRedefined || is.isStale;
  if (isAsWanted && !isStale && is.isInForce) return;
  const from = !isAsWanted ? (chosen || 'none') + (mode === 'auto' ? ', by recommendation' : '') : isStale ? `${profile}, as it was defined before` : `${profile}, not in force`;
  yield change('profile of tuned', from, profile, sh`tuned-adm profile ${profile}`, { timeout: 120_000 });
}
