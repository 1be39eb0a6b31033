import { stringify } from 'yaml';
import { type KubeRelease, type Script, sh } from '../../../contract/index.ts';
import { awaiting } from '../kubeWait/waiting.ts';
import { templateOf } from '../kubeWait/templates.ts';
import { withKubectl } from '../objects/asking.ts';
import type { ReleaseArgs } from './args.ts';

/** Where charts and values lie on the node. */
export const folder = '/etc/kubernetes/plinth/helm';

export const chartPath = (name: string, version = ''): string => `${folder}/${name}-${version}.tgz`;

/** Releases kept for a rollback by hand. */
const history = 10;

/**
 * `helm upgrade --install`, never atomic: a rollback would hide why it failed, and the next run repairs what is left. A revision that is
 * still pending has lost its helm: the node is locked to us, so its record goes, and what it made is taken over.
 */
export function installing(args: ReleaseArgs, found: KubeRelease | undefined): Script {
  const { name, namespace, chart = '', repo, file, version = '', values, crds, takeOwnership, timeout, wait } = args;
  const source = file ? [chartPath(name, version)] : [chart, ...(repo === undefined ? [] : ['--repo', repo]), '--version', version];
  const isPending = found !== undefined && (found.status.startsWith('pending-') || found.status === 'uninstalling');
  const flags = ['--namespace', namespace, '--create-namespace', '--values', `${folder}/${name}.yaml`, '--reset-values', '--history-max', history, '--timeout', `${Math.ceil(timeout / 1000)}s`, ...(crds === 'install' ? [] : ['--skip-crds']), ...(takeOwnership ? ['--take-ownership'] : [])];
  return withKubectl(
    args,
    sh`h() { helm --kubeconfig "$c" "$@"; }
api() { k get --raw /readyz; }
patiently api >/dev/null
install -d -m 0700 -- ${folder}
( umask 077; printf '%s' ${stringify(values, { lineWidth: 0 })} >${`${folder}/${name}.yaml`} )
${isPending ? sh`printf 'revision %s was cut off: %s\n' ${found.revision} ${found.status}
k delete secret --namespace ${namespace} ${`sh.helm.release.v1.${name}.v${found.revision}`} --ignore-not-found` : sh.raw(':')}
${crds === 'upgrade' ? sh`found=$(h show crds ${source})
send() { printf '%s' "$found" | k apply --server-side --field-manager=plinth --force-conflicts -f -; }
if [ -n "$found" ]; then patiently send; fi` : sh.raw(':')}
h upgrade --install ${[name, ...source, ...flags]}
${wait ? waitingFor(args) : sh.raw(':')}`,
  );
}

/** Everything in the release that rolls out. */
const waitingFor = ({ name, namespace }: ReleaseArgs): Script => sh`${awaiting({ interval: 2000 })}
workloads=$(h get manifest ${name} --namespace ${namespace} | k get -f - --ignore-not-found -o 'go-template={{range .items}}{{if or (eq .kind "Deployment") (eq .kind "DaemonSet") (eq .kind "StatefulSet")}}{{.kind}} {{.metadata.namespace}} {{.metadata.name}}{{"\\n"}}{{end}}{{end}}')
while read -r kind space object; do
  if [ -z "$kind" ]; then continue; fi
  one="{\"apiVersion\":\"apps/v1\",\"kind\":\"$kind\",\"metadata\":{\"name\":\"$object\",\"namespace\":\"$space\"}}"
  await_object "$kind $space/$object" "$one" "$one" "$space" ${templateOf('rollout')} there </dev/null
done <<WORKLOADS
$workloads
WORKLOADS`;

/** Objects that the chart keeps stay; so do its CRDs. */
export const uninstalling = (args: ReleaseArgs): Script =>
  withKubectl(
    args,
    sh`gone() { helm --kubeconfig "$c" uninstall ${args.name} --namespace ${args.namespace} --ignore-not-found --wait --timeout ${`${Math.ceil(args.timeout / 1000)}s`}; }
patiently gone
rm -f -- ${`${folder}/${args.name}.yaml`}`,
  );
