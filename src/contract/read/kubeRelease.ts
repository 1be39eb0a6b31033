import { z } from 'zod';
import type { Kind, Reading } from '../reading.ts';
import { type Script, sh } from '../script/script.ts';
import { asking, byKubeconfig, partOf, reasonIn } from './kubeApi.ts';
import { putPacked, unpacked } from './packed.ts';

const record = z.looseObject({
  name: z.string(),
  namespace: z.string(),
  version: z.number(),
  info: z.looseObject({ status: z.string(), description: z.string().optional(), last_deployed: z.string().optional() }),
  chart: z.looseObject({ metadata: z.looseObject({ name: z.string(), version: z.string() }) }),
  config: z.record(z.string(), z.json()).nullish(),
  manifest: z.string().default(''),
});

/** The newest revision of a Helm release, as its Secret keeps it: helm.sh, Storage backends. */
export interface KubeRelease {
  readonly revision: number;
  /** `deployed`, `failed`, `pending-install`, `pending-upgrade`, `pending-rollback`, `uninstalling`, `superseded`, `uninstalled`. */
  readonly status: string;
  readonly description: string;
  readonly chart: string;
  /** Of the chart. */
  readonly version: string;
  /** What it was given, without the chart's own values. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The objects it is made of, as YAML. */
  readonly manifest: string;
}

export interface KubeReleases {
  readonly api: 'up' | 'none';
  readonly why?: string;
  readonly release?: KubeRelease;
}

const kind: Kind<KubeReleases> = {
  name: 'kubeRelease',
  shared: true,
  script: (keys) => putPacked(sh.lines(byKubeconfig(keys.map(keyOf)).map(([kubeconfig, wanted]) => releasesOf(kubeconfig, wanted.map(({ name }) => name))))),
  parse(text, key) {
    const { kubeconfig, namespace, name } = keyOf(key);
    const asked = text === undefined ? undefined : partOf(unpacked(text), kubeconfig);
    if (asked === undefined) throw new Error('kubectl was not asked');
    if (asked.why !== undefined) return { api: 'none', why: asked.why };
    if (!asked.lines.includes('.')) return { api: 'none', why: reasonIn(asked.lines.join('\n')) };
    const mark = `${namespace} ${name} `;
    const line = asked.lines.find((one) => one.startsWith(mark));
    return { api: 'up', ...(line === undefined ? {} : { release: releaseIn(line.slice(mark.length)) }) };
  },
};

// Secrets of all revisions are listed, and the newest of each release is unpacked: base64 of the Secret around Helm's own base64 around gzip. The
// texts of the chart's templates, nearly all of it, stay on the node. In values a name never stands before data: their keys are sorted.
const releasesOf = (kubeconfig: string, names: readonly string[]): Script => asking(kubeconfig, sh`found=$(k get secrets -A -l ${`owner=helm,name in (${[...new Set(names)].join(',')})`} -o 'jsonpath={range .items[*]}{.metadata.namespace}{" "}{.metadata.labels.name}{" "}{.metadata.labels.version}{" "}{.data.release}{"\n"}{end}') || exit 1
printf '%s\n' "$found" | awk '
  NF >= 4 { of = $1 " " $2; if (!(of in top) || $3 + 0 > top[of]) { top[of] = $3 + 0; data[of] = $4 } }
  END {
    unpack = "base64 -d | base64 -d | gunzip -c | sed -E \047s,(\"name\":\"[^\"]*\"\\,(\"modtime\":\"[^\"]*\"\\,)?\"data\":\")[A-Za-z0-9+/=]*,\\1,g\047"
    for (of in data) { printf "%s ", of; fflush(); print data[of] | unpack; close(unpack); print "" }
    print "."
  }'`);

function releaseIn(text: string): KubeRelease {
  const { version: revision, info, chart, config, manifest } = record.parse(JSON.parse(text));
  return { revision, status: info.status, description: info.description ?? '', chart: chart.metadata.name, version: chart.metadata.version, values: config ?? {}, manifest };
}

function keyOf(key: string): { readonly kubeconfig: string; readonly namespace: string; readonly name: string } {
  const [kubeconfig = '', namespace = '', name = ''] = key.split(' ');
  return { kubeconfig, namespace, name };
}

/** A Helm release by its name, read out of the Secret that Helm keeps: no helm is needed for it. All releases of a play cost one kubectl. */
export const kubeRelease = (namespace: string, name: string, kubeconfig = '/etc/kubernetes/admin.conf'): Reading<KubeReleases> => ({ kind, key: `${kubeconfig} ${namespace} ${name}` });
