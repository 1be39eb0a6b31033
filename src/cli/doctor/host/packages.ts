import { bad, type Judged, ok, warn } from '../finding.ts';
import type { Examined } from './examination.ts';

/** Whether packages can be installed now: a broken or busy package manager is the commonest reason for a failed run. */
export function judgePackages({ facts, audit, interrupted, packageLocks }: Pick<Examined, 'facts' | 'audit' | 'interrupted' | 'packageLocks'>): Judged {
  const what = 'packages';
  if (facts.packageManager === 'none') return ok(what, 'no apt and no dnf here');
  if (interrupted) return bad(what, 'dpkg was interrupted', 'dpkg --configure -a');
  const names = audit.map((line) => line.split(/\s+/)[0] ?? line);
  if (names.length > 0) return bad(what, `dpkg finds fault with ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`, 'dpkg --configure -a; apt-get -f install. `dpkg --audit` tells more.');
  if (packageLocks.length > 0) return warn(what, packageLocks.join('; '), 'Something installs packages now, often unattended-upgrades: runs wait for it, or fail if it takes long.');
  return ok(what, `${facts.packageManager} is whole and free`);
}
