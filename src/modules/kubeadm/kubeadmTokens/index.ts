import { type Change, change, defineModule, type Kind, type Reading, type Script, sh } from '../../../contract/index.ts';
import { description } from '../kubeadmToken/description.ts';
import { localApi } from '../scripts/localApi.ts';
import { tokensArgs } from './args.ts';

/** What of ours is left in the cluster; nothing where this node has no API. */
interface Left {
  /** Names of secrets with bootstrap tokens. */
  readonly tokens: readonly string[];
  readonly certificates: boolean;
}

/** The second is kubeadm's own: it makes such a token to have the certificates end with it (kubeadm, phases/copycerts). */
const described = [description, 'Proxy for managing TTL for the kubeadm-certs secret'];

// The names of secrets and their descriptions, nothing of what they hold, leave the node.
const kind: Kind<Left> = {
  name: 'kubeadmTokens',
  script: (ports) =>
    sh.lines(
      ports.map((port, index) => sh`${localApi(Number(port))}
o=''
if [ -r $k/admin.conf ] && command -v curl >/dev/null 2>&1; then
  secrets=$(asAdmin -sf --connect-timeout 2 --max-time 10 --connect-to "kubernetes:$port:127.0.0.1:$port" --cacert $k/pki/ca.crt "https://kubernetes:$port/api/v1/namespaces/kube-system/secrets?fieldSelector=type%3Dbootstrap.kubernetes.io%2Ftoken" | tr -d ' \n' | sed 's/{"metadata"/\n{"metadata"/g' | grep ${described.flatMap((text) => ['-e', `"description":"${Buffer.from(text).toString('base64')}"`])} | sed -n 's/.*"name":"\(bootstrap-token-[a-z0-9]*\)".*/token \1/p') || :
  o="$o$secrets
"
  if api /api/v1/namespaces/kube-system/secrets/kubeadm-certs -o /dev/null 2>/dev/null; then o="\${o}certificates
"; fi
fi
put ${index} "$o"`),
    ),
  parse: (text = '') => ({ tokens: [...text.matchAll(/^token (\S+)$/gm)].flatMap(([, name]) => name ?? []), certificates: /^certificates$/m.test(text) }),
};
const left = (bindPort: number): Reading<Left> => ({ kind, key: String(bindPort) });

/** Tokens end by themselves after a while, and uploaded certificates after two hours: this takes them back when the joins are done. */
export const kubeadmTokens = defineModule({
  name: 'kubeadmTokens',
  summary: 'What kubeadmToken minted, taken back.',

  args: tokensArgs,

  observe: ({ bindPort }) => ({ left: left(bindPort) }),

  *plan({ certificates, bindPort }, { left: found }) {
    for (const name of found.tokens) yield takeBack(name, 'a token for joins', bindPort);
    if (certificates && found.certificates) yield takeBack('kubeadm-certs', 'the certificates of control planes, encrypted', bindPort);
  },
});

const takeBack = (secret: string, what: string, bindPort: number): Change => change(`Secret kube-system/${secret}`, what, undefined, deleteSecret(secret, bindPort));

const deleteSecret = (secret: string, bindPort: number): Script => sh`${localApi(bindPort)}
remove ${`/api/v1/namespaces/kube-system/secrets/${secret}`}`;
