import { unitText, type UnitSections } from '../../config/owned/unitSections.ts';

export const unitPath = '/etc/systemd/system/containerd.service';

/**
 * How systemd runs a containerd that no package brought. Source: containerd, docs/getting-started.md and containerd.service. It ends
 * alone: containers go on while it is restarted.
 */
export function containerdUnit(dir: string, override: UnitSections): string {
  const sections: Record<string, UnitSections[string]> = {
    Unit: { Description: 'containerd container runtime', Documentation: 'https://containerd.io', After: 'network.target dbus.service local-fs.target' },
    Service: {
      ExecStartPre: '-/sbin/modprobe overlay',
      ExecStart: `${dir}/containerd`,
      Type: 'notify',
      Delegate: true,
      KillMode: 'process',
      Restart: 'always',
      RestartSec: 5,
      LimitNPROC: 'infinity',
      LimitCORE: 'infinity',
      TasksMax: 'infinity',
      OOMScoreAdjust: -999,
    },
    Install: { WantedBy: 'multi-user.target' },
  };
  for (const [name, settings] of Object.entries(override)) sections[name] = { ...sections[name], ...settings };
  return unitText(sections);
}
