import type { Diagnostic } from '../../contract/diagnostic.ts';
import { wrong } from '../fail.ts';
import type { Inspected } from '../inspect/file.ts';

/** Which programs tell the version of what. Several must agree. */
const programs: Readonly<Record<string, readonly string[]>> = {
  kubernetes: ['kubeadm', 'kubelet'],
  containerd: ['containerd'],
  runc: ['runc'],
  crictl: ['crictl'],
  helm: ['helm'],
  cniPlugins: ['cni/loopback', 'loopback'],
  etcd: ['etcdctl'],
  ciliumCli: ['cilium'],
  k3s: ['k3s'],
  talos: ['talosctl'],
};

/** And which images, by the end of their names. */
const images: Readonly<Record<string, string>> = { 'kube-apiserver': 'kubernetes', 'kube-controller-manager': 'kubernetes', 'kube-scheduler': 'kubernetes', 'kube-vip': 'kubeVip' };

/** What the files say of versions, and where they contradict each other. `set` is believed before all of them. */
export function versionsOf(files: readonly Inspected[], set: Readonly<Record<string, string>>, name: string): { readonly versions: Readonly<Record<string, string>>; readonly problems: readonly Diagnostic[] } {
  const said: { readonly of: string; readonly by: string; readonly version: string }[] = files.flatMap(({ path, record, gatewayApi }) => {
    const program = path.startsWith('bin/') ? path.slice('bin/'.length) : undefined;
    return [
      ...Object.entries(programs).flatMap(([of, names]) => (program !== undefined && names.includes(program) && record.version !== undefined ? [{ of, by: path, version: withV(record.version) }] : [])),
      ...Object.keys(record.images ?? {}).flatMap((image) => imageVersions(image).map((one) => ({ ...one, by: image }))),
      ...(record.chart ? [{ of: record.chart.name, by: path, version: record.chart.version }] : []),
      ...(gatewayApi === undefined ? [] : [{ of: 'gatewayApi', by: path, version: gatewayApi }]),
    ];
  });
  const names = [...new Set([...said.map(({ of }) => of), ...Object.keys(set)])].sort();
  const problems: Diagnostic[] = [];
  const versions: Record<string, string> = {};
  for (const of of names) {
    const own = said.filter((one) => one.of === of);
    const chosen = set[of] ?? own[0]?.version;
    if (chosen === undefined) continue;
    versions[of] = chosen;
    const other = own.find(({ version }) => version !== chosen);
    if (other && set[of] === undefined) {
      problems.push(wrong(`${name} holds two versions of ${of}`, { detail: own.map(({ by, version }) => `${by}: ${version}`).join('\n'), hint: `Take out what does not belong to it, or say which one it is: --set ${of}=${chosen}` }));
    }
  }
  return { versions, problems };
}

const withV = (version: string): string => (version.startsWith('v') ? version : `v${version}`);

function imageVersions(image: string): { readonly of: string; readonly version: string }[] {
  const [, last = '', tag] = /([^/:@]+):([^/:@]+)(?:@.*)?$/.exec(image) ?? [];
  const of = images[last];
  return of === undefined || tag === undefined || !/^v\d/.test(tag) ? [] : [{ of, version: tag }];
}
