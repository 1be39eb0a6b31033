import { type Script, sh } from '../../../contract/index.ts';
import { originalOf } from '../../host/original.ts';

/** How tuned stood before Plinth came: kept on the node, since nothing else there tells. */
export interface Before {
  readonly profile: string;
  readonly mode: string;
  readonly enabled: boolean;
  readonly running: boolean;
}

export const beforePath = '/etc/tuned/before-plinth';

export const beforeText = ({ profile, mode, enabled, running }: Before): string => `# Written by Plinth: how tuned stood before it came.\nprofile=${profile}\nmode=${mode}\nenabled=${enabled}\nrunning=${running}\n`;

export function parseBefore(text: string): Before {
  const of = (key: string): string => new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1] ?? '';
  return { profile: of('profile'), mode: of('mode'), enabled: of('enabled') === 'true', running: of('running') === 'true' };
}

/** What tuned writes itself when a profile is chosen, and does not take back. */
const own = '/etc/tuned/bootcmdline';

/** Keeps it as it was. */
export const keepOwn: Script = sh`if [ -e ${own} ] && [ ! -e ${originalOf(own)} ]; then mkdir -p -- /var/lib/plinth/before/etc/tuned; cp -p -- ${own} ${originalOf(own)}; fi`;

/** Back to how it was; the last step forgets it, so that one that was cut off is done again. */
export const giveBack = (before: Before, isInstalled: boolean): Script =>
  sh.lines([
    ...(isInstalled ? [sh`systemctl start -- tuned.service`, choosing(before)] : []),
    ...(isInstalled && !before.running ? [sh`systemctl stop -- tuned.service`] : []),
    ...(isInstalled && !before.enabled ? [sh`systemctl disable -- tuned.service`] : []),
    // What tuned-adm writes while it goes back is its own; where nothing had been chosen, nothing is left.
    ...(before.profile === '' ? [sh`printf '%s' '' >/etc/tuned/active_profile`] : []),
    ...(before.mode === '' ? [sh`printf '%s' '' >/etc/tuned/profile_mode`] : []),
    sh`if [ -e ${originalOf(own)} ]; then mv -f -- ${originalOf(own)} ${own}; fi`,
    sh`rm -f -- ${beforePath}`,
  ]);

const choosing = ({ profile, mode }: Before): Script => (profile === '' ? sh`tuned-adm off` : mode === 'auto' ? sh`tuned-adm auto_profile` : sh`tuned-adm profile ${profile}`);
