import { z } from 'zod';
import { change, defineModule, refuse, type Script, sh } from '../../../contract/index.ts';
import { packageLists } from './packageLists.ts';

/** Package lists that are fresh: fetched within some hours, and after the last change of any repository's description. */
export const packageCache = defineModule({
  name: 'packageCache',
  summary: 'Package lists of apt or dnf that are not older than some hours.',

  args: z.strictObject({
    maxHours: z.int().min(1).default(24).describe('How old the lists may be, in hours. They are renewed in any case when a repository was changed since.'),
    lockSeconds: z.int().min(0).default(300).describe('How long to wait for another package manager, in seconds.'),
  }),

  observe: () => ({ lists: packageLists() }),

  *plan({ maxHours, lockSeconds }, { lists }) {
    if (!lists) return yield refuse('this node has no package manager that Plinth knows', 'neither apt-get nor dnf is there', { final: true });
    const { manager, age, newer } = lists;
    // A clock that was set back makes lists from the future: how old they are is not known.
    const isFresh = age !== undefined && age >= 0 && age <= maxHours * 3600 && newer === undefined;
    if (isFresh) return;
    const found = age === undefined ? undefined : newer === undefined ? (age < 0 ? 'from the future' : `${Math.floor(age / 3600)} h old`) : `older than ${newer}`;
    yield change('package lists', found, 'fetched', manager === 'apt' ? apt(lockSeconds) : dnf, { critical: true, timeout: 15 * 60_000 });
  },
});

const apt = (lockSeconds: number): Script => sh`left=${lockSeconds}
until said=$(apt-get update -o Acquire::Retries=3 -o APT::Update::Error-Mode=any 2>&1); do
  case $said in *'Could not get lock'*) ;; *) left=0;; esac
  if [ "$left" -le 0 ]; then printf '%s\n' "$said" >&2; exit 1; fi
  sleep 2; left=$((left-2))
done
touch /var/lib/apt/lists`;

const dnf = sh`dnf -y -q makecache --refresh
for d in /var/cache/libdnf5 /var/cache/dnf; do if [ -d "$d" ]; then touch "$d"; break; fi; done`;
