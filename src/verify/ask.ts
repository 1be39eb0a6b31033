import { type Judgement, ownServer, read, type Reading, type Said, type Script, sh } from '../contract/index.ts';

/** Credentials on a control plane. */
export const adminConf = '/etc/kubernetes/admin.conf';

/** What the API says, asked on a control plane: `k` is kubectl. Its own API server is asked, and the endpoint where that one is down. */
export const asking = (script: Script, kubeconfig = adminConf): Reading<Said> =>
  read.said(sh`c=${kubeconfig}
if [ ! -r "$c" ]; then echo "there is no $c on this node"; exit 9; fi
if ! command -v kubectl >/dev/null 2>&1; then echo 'there is no kubectl on this node'; exit 9; fi
${ownServer}
k() { kubectl --kubeconfig "$c" --cache-dir /run/plinth/kubectl --request-timeout 15s $own "$@"; }
if ! k get --raw /readyz >/dev/null 2>&1; then own=''; fi
${script}`);

export const ok = (evidence: string): Judgement => ({ status: 'ok', evidence });
export const failed = (evidence: string, hint?: string): Judgement => ({ status: 'failed', evidence, ...(hint === undefined ? {} : { hint }) });
export const skipped = (evidence: string): Judgement => ({ status: 'skipped', evidence });

/** Judges what was said; where nothing could be asked, that is the finding. */
export const heard =
  (judge: (lines: readonly string[]) => Judgement) =>
  ({ code, text }: Said): Judgement => {
    const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^(Warning:|[EWI]\d{4} )/.test(line));
    if (code !== 0) return failed(text.trim() === '' ? `the look ended with ${code}` : text.trim().split('\n').slice(-5).join('\n'), code === 124 ? 'It did not answer in time.' : 'Look whether the API answers: kubectl get --raw /readyz');
    return judge(lines);
  };

/** `2 nodes`, `1 node`. */
export const count = (number: number, of: string): string => `${number} ${of}${number === 1 ? '' : 's'}`;
