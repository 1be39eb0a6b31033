import { z } from 'zod';
import { change, defineModule, read, refuse, sh } from '../../../contract/index.ts';
import { mark, originalOf, putBack, replaceFile } from '../original.ts';

const aptPath = '/etc/apt/apt.conf.d/52plinth-upgrades';
const dnfPath = '/etc/dnf/automatic.conf';
const timers = ['dnf-automatic.timer', 'dnf5-automatic.timer'] as const;

/**
 * Which upgrades a node installs on its own. What a cluster runs on is never among them by default: an upgrade of the kubelet
 * or of the runtime belongs to somebody who drains the node first. Nor does a node restart itself.
 */
export const unattendedUpgrades = defineModule({
  name: 'unattendedUpgrades',
  summary: 'Which upgrades a node installs without being asked.',

  args: z.strictObject({
    policy: z.enum(['off', 'security', 'all']).default('security').describe('`off` installs nothing, `security` what the distribution says is, `all` everything.'),
    state: z.enum(['present', 'absent']).default('present').describe("`absent` leaves it to the distribution's own configuration again."),
    exclude: z.array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9+._*-]*$/, 'must be the name of a package, * allowed')).default(['kubeadm', 'kubectl', 'kubelet', 'kubernetes-cni', 'cri-tools', 'containerd*', 'runc', 'cri-o', 'docker-ce*']).describe('Packages that are left alone.'),
    rebootAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 03:30').optional().describe('When the node may restart itself after an upgrade that asks for it, such as 03:30 (apt only). Left out: never.'),
  }),

  observe: () => ({
    manager: read.packageManager(),
    apt: read.text(aptPath),
    program: read.stat('/usr/bin/unattended-upgrade'),
    dnf: read.text(dnfPath),
    original: read.text(originalOf(dnfPath)),
    timer: read.unit(timers[0]),
    timer5: read.unit(timers[1]),
  }),

  *plan({ policy, state, exclude, rebootAt }, { manager, apt, program, dnf, original, timer, timer5 }) {
    if (manager === 'apt') {
      if (state === 'absent') {
        if (apt !== undefined) yield change(aptPath, apt, undefined, sh`rm -f -- ${aptPath}`);
        return;
      }
      const text = aptText(policy, exclude, rebootAt);
      const changes = apt === text ? [] : [change(aptPath, apt, text, replaceFile({ path: aptPath, text }))];
      if (policy !== 'off' && !program) {
        return yield refuse('unattended-upgrades is not installed', 'there is no /usr/bin/unattended-upgrade', { hint: 'Install the package unattended-upgrades in an earlier task.', unless: { brought: ['package unattended-upgrades'], changes } });
      }
      yield* changes;
      return;
    }
    if (manager !== 'dnf') return yield refuse('this node has no package manager that Plinth knows', 'neither apt-get nor dnf is there', { final: true });
    const unit = timer5 ?? timer;
    const name = timer5 ? timers[1] : timers[0];
    const isOn = unit?.file === 'enabled';
    if (state === 'absent') {
      if (original !== undefined || dnf?.startsWith(mark)) yield change(dnfPath, dnf, original, putBack(dnfPath));
      return;
    }
    if (policy === 'off') {
      if (isOn) yield change(name, 'enabled', 'disabled', sh`systemctl disable --now -- ${name}`);
      return;
    }
    if (rebootAt !== undefined) return yield refuse('dnf-automatic knows no time of day for a restart', `rebootAt is ${rebootAt}`, { hint: 'Leave it out on this node.', final: true });
    const text = dnfText(policy, exclude);
    const changes = [...(dnf === text ? [] : [change(dnfPath, dnf, text, replaceFile({ path: dnfPath, text }))]), ...(isOn ? [] : [change(name, 'disabled', 'enabled', sh`systemctl enable --now -- ${name}`)])];
    if (!unit) {
      return yield refuse('dnf-automatic is not installed', `there is no ${timers.join(', no ')}`, {
        hint: 'Install the package dnf-automatic (dnf5-plugin-automatic on Fedora) in an earlier task.',
        unless: { brought: ['package dnf-automatic', 'package dnf5-plugin-automatic'], changes },
      });
    }
    yield* changes;
  },
});

// Names are regular expressions there. Lists of earlier files are emptied first: they would add up.
function aptText(policy: 'off' | 'security' | 'all', exclude: readonly string[], rebootAt: string | undefined): string {
  const on = policy === 'off' ? '0' : '1';
  const list = exclude.map((name) => `  "^${name.replaceAll('.', '\\\\.').replaceAll('+', '\\\\+').replaceAll('*', '.*')}$";\n`).join('');
  return `${mark.replace('#', '//')}
APT::Periodic::Update-Package-Lists "${on}";
APT::Periodic::Unattended-Upgrade "${on}";
#clear Unattended-Upgrade::Package-Blacklist;
Unattended-Upgrade::Package-Blacklist {
${list}};
${policy === 'all' ? 'Unattended-Upgrade::Origins-Pattern {\n  "origin=*";\n};\n' : ''}Unattended-Upgrade::Automatic-Reboot "${rebootAt === undefined ? 'false' : 'true'}";
${rebootAt === undefined ? '' : `Unattended-Upgrade::Automatic-Reboot-Time "${rebootAt}";\n`}`;
}

const dnfText = (policy: 'security' | 'all', exclude: readonly string[]): string => `${mark}
[commands]
upgrade_type = ${policy === 'all' ? 'default' : 'security'}
download_updates = yes
apply_updates = yes
reboot = never

[emitters]
emit_via = stdio

[base]
${exclude.length > 0 ? `excludepkgs = ${exclude.join(', ')}\n` : ''}`;
