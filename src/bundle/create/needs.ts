import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { architectureOf, ownArchitecture } from '../machine.ts';

/**
 * The images that a version of Kubernetes starts from, by the word of its own kubeadm where that runs on this machine. Without it
 * those are known whose tag is the version itself.
 */
export async function neededImages(dir: string, files: readonly string[], version: string | undefined): Promise<readonly string[]> {
  if (version === undefined) return [];
  const kubeadm = join(dir, 'bin/kubeadm');
  const architecture = files.includes('bin/kubeadm') ? architectureOf(kubeadm) : undefined;
  const isOurs = architecture === 'any' || architecture === ownArchitecture();
  const said = isOurs ? await outputOf(kubeadm, ['config', 'images', 'list', '--kubernetes-version', version]) : '';
  const listed = said.split('\n').filter((line) => /^[^\s/]+\/\S+:\S+$/.test(line));
  return listed.length > 0 ? listed : ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map((name) => `registry.k8s.io/${name}:${version}`);
}

const outputOf = (program: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    const child = execFile(program, [...args], { timeout: 20_000, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', HOME: '/nonexistent' } }, (error, stdout) => resolve(error ? '' : stdout));
    child.stdin?.end();
  });

/** What is needed and not there. Without an image of Kubernetes the bundle leaves images to registries, and nothing is missing. */
export function missingImages(needs: readonly string[], there: readonly string[]): readonly string[] {
  if (!there.some((name) => needs.includes(name) || /\/kube-(apiserver|controller-manager|scheduler):/.test(name))) return [];
  return needs.filter((name) => !there.includes(name) && !/\/kube-proxy:/.test(name));
}
