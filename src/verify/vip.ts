import { type Check, quote, read, sh } from '../contract/index.ts';
import { asking, failed, heard, ok, skipped } from './ask.ts';
import type { Expected } from './input.ts';

/** On each control plane: the address is there where kube-vip's lease says so, and nowhere else. So exactly one has it. */
export const vipHeldOnce = (address: string, node: string): Check => ({
  name: `${address} is held only where kube-vip says`,
  reading: asking(sh`printf 'here %s\n' "$(ip -o addr show to ${`${address}/32`} | awk '{ print $2 }' | tr '\n' ' ')"
printf 'lease %s\n' "$(k get lease -n kube-system plndr-cp-lock -o 'jsonpath={.spec.holderIdentity}')"`),
  judge: heard((lines) => {
    const of = (word: string): string => lines.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1).trim() ?? '';
    const [links, holder] = [of('here'), of('lease')];
    if (holder === '') return failed('kube-vip has no lease: nobody holds the address', 'kubectl -n kube-system logs kube-vip-NODE');
    if (links.includes(' ')) return failed(`it is on several links here: ${links}`);
    if (holder === node) return links === '' ? failed('the lease is with this node, and the address is on no link of it', 'kubectl -n kube-system logs kube-vip-NODE; networkd may have flushed it.') : ok(`on ${links} here, and the lease is with this node`);
    return links === '' ? ok(`the lease is with ${holder}; it is not here`) : failed(`it is on ${links} here, and the lease is with ${holder}: two nodes have the address`, 'A switch that drops gratuitous ARP, or an address that was left behind: ip addr del.');
  }),
});

/** The API answers at the endpoint, from wherever this is read. One address means one MAC, where arping is there to ask. */
export const endpointAnswers = ({ endpoint: { host, port, address } }: Pick<Expected, 'endpoint'>, from: 'node' | 'controller'): Check => {
  const at = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const url = `https://${at}/livez`;
  return {
    name: from === 'controller' ? `the API answers at ${at} from this machine` : `the API answers at ${at}`,
    reading: read.said(sh`if command -v curl >/dev/null 2>&1; then out=$(curl -sk --noproxy '*' --connect-timeout 5 --max-time 10 -w ' %{http_code}' ${url} 2>&1) || code=$?
  printf 'curl %s %s\n' "\${code:-0}" "$out"
else echo none; fi
if command -v arping >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  link=$(ip -o route get ${address ?? host} 2>/dev/null | sed -n 's/.* dev \([^ ]*\).*/\1/p')
  if [ -n "$link" ] && [ "$link" != lo ]; then printf 'macs %s\n' "$(arping -c 2 -w 2 -I "$link" ${address ?? host} 2>/dev/null | grep -oiE '([0-9a-f]{2}:){5}[0-9a-f]{2}' | sort -u | tr '\n' ' ')"; fi
fi`),
    judge: heard((lines) => {
      const macs = (lines.find((line) => line.startsWith('macs ')) ?? 'macs ').slice(5).split(' ').filter((mac) => mac !== '');
      if (macs.length > 1) return failed(`several machines answer for ${address ?? host}: ${macs.join(', ')}`, 'Find out who has the address besides the cluster.');
      const [, code = '', text = ''] = /^curl (\d+) (.*)$/.exec(lines.find((line) => line.startsWith('curl ')) ?? '') ?? [];
      if (code === '') return skipped(`there is no curl on this ${from === 'controller' ? 'machine' : 'node'}`);
      if (code === '0' && text.trim() === 'ok 200') return ok(`${url} says ok${macs.length === 1 ? `, ${macs[0]} has the address` : ''}`);
      // A proxy on the way, or another machine: the API says 200, 401, 403 or 500 to this.
      if (code === '0' && from === 'controller' && !/ (200|401|403|500)$/.test(` ${text}`)) return skipped(`what answers this machine at ${at} is not the API (${text.trim()}); the nodes do the look`);
      if (code === '0') return failed(`${url} says ${text.trim() || 'nothing'}`);
      const why = `curl ended with ${code}: ${reasons[code] ?? 'see curl(1), exit codes'}`;
      return from === 'controller' && unreached.has(code) ? skipped(`this machine does not reach ${at} (${why}); the nodes do the look`) : failed(`${url} does not answer: ${why}`, `On the nodes: ip route get ${quote(address ?? host)}; kubectl -n kube-system get pods -l component=kube-apiserver`);
    }),
  };
};

const unreached = new Set(['6', '7', '28']);
const reasons: Readonly<Record<string, string>> = { 6: 'the name is not known', 7: 'no connection', 28: 'no answer in time', 35: 'TLS failed', 52: 'an empty answer', 56: 'the connection broke' };
