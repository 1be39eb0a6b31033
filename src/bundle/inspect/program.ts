import { execFile } from 'node:child_process';
import { architectureOf, ownArchitecture } from '../machine.ts';

/** How programs say their version. Others are asked with --version. */
const asked: Readonly<Record<string, readonly string[]>> = {
  kubeadm: ['version', '-o', 'short'],
  kubectl: ['version', '--client'],
  helm: ['version', '--short'],
  etcdctl: ['version'],
  cilium: ['version', '--client'],
  talosctl: ['version', '--client', '--short'],
};

/**
 * The version that a program says when it is asked, with its leading v where it writes one; undefined where it does not say,
 * or is built for another machine. Plugins of CNI say it when they are called without a command.
 */
export async function programVersion(name: string, file: string): Promise<string | undefined> {
  const architecture = architectureOf(file);
  if (architecture !== 'any' && architecture !== ownArchitecture()) return undefined;
  const args = name.startsWith('cni/') ? [] : (asked[name] ?? ['--version']);
  const said = await new Promise<string>((resolve) => {
    // What it says counts, whatever its exit status: plugins of CNI complain of a missing command.
    const child = execFile(file, [...args], { timeout: 10_000, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', HOME: '/nonexistent' } }, (_, stdout, stderr) => resolve(`${stdout}\n${stderr}`));
    child.stdin?.end();
  });
  // The versions of the protocol that it speaks follow behind its own.
  if (name.startsWith('cni/')) return /plugin v?(\d+\.\d+\.\d+\S*)/.exec(said)?.[1];
  const found = /(?:^|[\s"/])(v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.]+)?)(?=$|[\s",+~])/m.exec(said)?.[1];
  // What is built without being told its version says this one.
  return found === undefined || /^v?0\.0\.0/.test(found) ? undefined : found;
}
