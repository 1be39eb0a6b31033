import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Placement, place } from '../../../src/lab/cgroup/place.ts';
import { killCgroups, makeCgroups, removeCgroups } from '../../../src/lab/cgroup/tree.ts';
import { enterCgroup, infra } from '../../../src/lab/enter-lab.ts';
import { labError } from '../../../src/lab/fail.ts';
import { lastLines, run } from '../../../src/lab/run.ts';
import { guard } from '../../../src/lab/safety/guard.ts';

/** Namespaces of their own for everything that the lane starts. When they end, all of it has ended. */
export interface World {
  /** What stands before a command so that it runs in there. */
  readonly enter: readonly string[];
  /** A process of the world, by this machine's pids. */
  readonly pid: number;
  readonly placement: Placement;
  /** Ends all processes, and takes what is left of them away. */
  close(): Promise<void>;
}

/**
 * Makes the world. Its first process waits for the end of its input, which is a pipe of ours: however we end, the kernel then
 * ends every other process of that pid namespace, and mounts and networks go with the last of them.
 */
export async function openWorld({ dir, id, prepare, guarded }: { readonly dir: string; readonly id: string; readonly prepare: string; readonly guarded: boolean }): Promise<World> {
  const placement = place(await readFile('/proc/self/mountinfo', 'utf8'), id);
  await killCgroups(placement);
  await removeCgroups(placement);
  await makeCgroups(placement, [infra]);
  if (guarded) await closeMachine(dir, placement);

  const hierarchies = placement.dirs.map(({ dir: path, version, options }) => `${path.slice(0, path.lastIndexOf('/'))}=${version === 2 ? '' : options}`);
  const child = spawn(
    'unshare',
    ['--net', '--mount', '--pid', '--uts', '--ipc', '--propagation', 'private', '--fork', '--kill-child', ...enterCgroup(placement, infra), 'unshare', '--cgroup', 'sh', '-c', first, 'plinth-vagrant', prepare, ...hierarchies],
    { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C' } },
  );
  child.stderr.pipe(createWriteStream(join(dir, 'logs', 'world.log')));
  child.stdin.on('error', () => {});
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await killCgroups(placement);
    await removeCgroups(placement);
  };
  const ready = await new Promise<boolean>((resolve) => {
    child.on('error', () => resolve(false));
    child.on('exit', () => resolve(false));
    child.stdout.setEncoding('utf8').on('data', (text: string) => resolve(text.includes('ready')));
  });
  const pid = Number((await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').catch(() => '')).trim());
  if (!ready || !(pid > 0)) {
    await close();
    throw labError('cannot make the namespaces of the test', { detail: lastLines(await readFile(join(dir, 'logs', 'world.log'), 'utf8').catch(() => ''), 10), hint: 'It needs root on Linux; in a container, one that was started with --privileged.' });
  }
  return { pid, placement, close, enter: ['nsenter', `--target=${pid}`, '--net', '--mount', '--pid', '--uts', '--ipc', '--cgroup', `--wdns=${dir}`, '--'] };
}

/** As the lab does: whatever is mounted in there, the kernel refuses the machine's devices and parameters. */
async function closeMachine(dir: string, { dirs }: Placement): Promise<void> {
  const v2 = dirs.find(({ version }) => version === 2);
  const file = join(dir, 'guard.pl');
  await writeFile(file, guard);
  const { code, stderr } = v2 ? await run(['perl', file, v2.dir]) : { code: 71, stderr: 'no cgroup2 is mounted' };
  if (code !== 0 && code !== 72) throw labError("cannot close the machine's devices to the test", { detail: stderr.trim(), hint: 'The kernel needs CONFIG_CGROUP_BPF, and cgroup2 must be mounted.' });
}

// $1 what else to prepare, then PLACE=OPTIONS of each cgroup hierarchy: mounted anew, so that all who look see theirs only.
const first = `set -eu
prepare=$1; shift
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs -o mode=755,size=1m tmpfs /sys/fs/cgroup
for pair; do
  dir=\${pair%%=*} options=\${pair#*=}
  case $dir in /sys/fs/cgroup) ;; *) mkdir -p "$dir" ;; esac
  case $options in
    '') mount -t cgroup2 cgroup2 "$dir" ;;
    name=*) mount -t cgroup -o "none,$options" cgroup "$dir" ;;
    *) mount -t cgroup -o "$options" cgroup "$dir"
      case $options in *,*) for one in $(echo "$options" | tr , ' '); do [ -e "/sys/fs/cgroup/$one" ] || ln -s "$dir" "/sys/fs/cgroup/$one"; done ;; esac ;;
  esac
done
# A cgroup2 that hands its controllers on holds no processes itself.
if [ -e /sys/fs/cgroup/cgroup.subtree_control ]; then
  mkdir -p /sys/fs/cgroup/init
  echo 0 > /sys/fs/cgroup/init/cgroup.procs
  for name in $(cat /sys/fs/cgroup/cgroup.controllers); do echo "+$name" > /sys/fs/cgroup/cgroup.subtree_control || :; done
fi
ip link set lo up
eval "$prepare"
echo ready
exec >/dev/null
cat >/dev/null
`;
