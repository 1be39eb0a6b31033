import { change, defineModule, type Late, refuse, type Script, sh } from '../../../contract/index.ts';
import { waiting } from '../scripts/waiting.ts';
import { resetArgs } from './args.ts';
import { cleaning } from './cleaning.ts';
import { clusterName } from './clusterName.ts';
import { leftovers } from './leftovers.ts';

const unit = 'plinth-kubeadm-reset';

/**
 * The work is done by a transient unit of systemd, beside us: a lost link does not end it, and who comes next waits for it. What is
 * taken away is found by what it is (see ours.ts), not by what we remember; files of others beside it stay.
 */
export const kubeadmReset = defineModule({
  name: 'kubeadmReset',
  summary: 'A node as it was before Kubernetes: its files, links, rules, mounts and addresses are taken away.',

  args: resetArgs,

  observe: ({ address }) => ({ name: clusterName(), left: leftovers(address) }),

  *plan(args, { name, left }) {
    if (left.length === 0) return;
    if (name !== undefined && name !== args.cluster) return yield refuse(`this node belongs to the cluster ${name}, not to ${args.cluster}`, 'so its files, or the API it is configured for', { hint: 'Is the inventory the right one? Name the cluster that is to be ended.', final: true });
    const found = left.map(({ what, which }) => `${what}: ${which}`).join('\n');
    yield change('Kubernetes on this node', found, undefined, resetScript(args), { timeout: args.timeout + 30_000 });
  },
});

const resetScript = ({ leave, address: addresses, criSocket, timeout }: { readonly leave?: Late<unknown> | undefined; readonly address: readonly string[]; readonly criSocket: string; readonly timeout: number }): Script => sh`${waiting}
${leave ? sh`: ${leave.map(leave.label, () => 'left')}` : sh`:`}
program=/run/${sh.raw(unit)}.sh; log=/run/${sh.raw(unit)}.log; ended=/run/${sh.raw(unit)}.ended
isRunning() { [ -e "$program" ] && [ ! -e "$ended" ] && { [ "$(systemctl is-active ${unit} 2>/dev/null)" = active ] || [ "$(systemctl is-active ${unit} 2>/dev/null)" = activating ]; }; }
if ! isRunning; then
  rm -f -- "$ended" "$log"
  umask 077
  : >"$log"
  printf '%s\n' ${cleaning({ addresses, criSocket }).show()} "echo 0 >$ended.new; mv -f $ended.new $ended" >"$program"
  if [ -d /run/systemd/system ] && command -v systemd-run >/dev/null 2>&1; then
    systemd-run --quiet --collect --unit=${unit} --property=StandardOutput=append:"$log" --property=StandardError=append:"$log" /bin/sh "$program"
  else
    setsid /bin/sh "$program" >"$log" 2>&1 </dev/null &
  fi
fi
seen=0
hasEnded() {
  [ -e "$ended" ] && return 0
  tail -n 1 "$log" 2>/dev/null
  return 1
}
await_ok "the reset" ${Math.ceil(timeout / 1000)} hasEnded || { tail -n 12 "$log" >&2; exit 1; }
cat "$log"
rm -f -- "$program" "$ended" "$log"`;
