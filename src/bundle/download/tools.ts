import { execFile } from 'node:child_process';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { unpackPrograms } from '../create/unpack.ts';
import { bundleError } from '../fail.ts';
import { architectureOf, ownArchitecture } from '../machine.ts';
import { fetchFile } from './fetch-file.ts';
import { type Internet, textOf } from './http.ts';
import { sumIn } from './sum.ts';
import { type Upstream, upstreamFiles } from './upstream.ts';

/** Fetches a file of upstream and compares it with the digest that upstream tells. */
export async function fetchUpstream({ path, url, sumUrl }: Upstream, dir: string, internet: Internet): Promise<void> {
  const sha256 = sumUrl === undefined ? undefined : sumIn(await textOf(sumUrl, internet), basename(url), sumUrl);
  await fetchFile({ url, to: join(dir, path), sha256 }, internet);
  if (path.startsWith('bin/')) chmodSync(join(dir, path), 0o755);
}

/**
 * A program that runs on this machine: that of the bundle, or, where that is for other machines, one of the same version in a
 * hidden folder. Gives back its path.
 */
export async function toolFor(name: 'kubeadm' | 'helm', versions: Readonly<Record<string, string>>, dir: string, hidden: string, internet: Internet): Promise<string> {
  const own = join(dir, 'bin', name);
  if (existsSync(own) && [ownArchitecture(), 'any'].includes(architectureOf(own) ?? '')) return own;
  const file = upstreamFiles({ versions, architecture: ownArchitecture() }).find(({ path }) => basename(path) === name || basename(path).startsWith(`${name}-`));
  if (!file) throw bundleError(`${name} is needed to know which images there are`, { hint: `Say its version: --set ${name === 'helm' ? 'helm=v3.18.4' : 'kubernetes=v1.36.2'}` });
  await fetchUpstream(file, hidden, internet);
  if (file.path.endsWith('.tar.gz')) await unpackPrograms(hidden, hidden, file.path);
  return join(hidden, 'bin', name);
}

/** Every image that a chart starts with these values, by rendering it. @throws PlinthError (`bundle`) with what Helm says */
export async function imagesOfChart(helm: string, chart: string, values: unknown, kubernetes: string, hidden: string): Promise<readonly string[]> {
  const file = join(hidden, 'values.json');
  writeFileSync(file, JSON.stringify(values));
  const rendered = await new Promise<string>((resolve, reject) => {
    execFile(helm, ['template', 'cilium', chart, '--namespace', 'kube-system', '--kube-version', kubernetes, '--values', file], { timeout: 60_000, maxBuffer: 64 * 1024 * 1024, env: { PATH: '/usr/bin:/bin', HOME: dirname(file) } }, (error, stdout, stderr) =>
      error ? reject(bundleError(`${basename(chart)} cannot be rendered, so its images are not known`, { detail: stderr.trim() || error.message, hint: 'What `cluster.cilium` says is given to the chart: mend it there.' })) : resolve(stdout),
    );
  });
  return [...new Set([...rendered.matchAll(/^\s*(?:- )?image:\s*["']?([^\s"']+)/gm)].map(([, name = '']) => name))];
}
