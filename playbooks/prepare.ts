import { type Facts, type GroupsOf, playbook, type PlaybookContext } from 'plinth';
import {
  assert,
  authorizedKeys,
  ciliumKernelConfig,
  clusterPorts,
  cniPlugins,
  containerd,
  containerdFiles,
  crictl,
  directory,
  firewall,
  hostname,
  hosts,
  kernelCheck,
  kernelModules,
  kubernetesKernelConfig,
  locale,
  packageCache,
  packages,
  restartService,
  runc,
  service,
  sshd,
  swap,
  sysctl,
  template,
  timeSync,
  timezone,
  unattendedUpgrades,
  user,
} from 'plinth/modules';
import { fleet } from '../inventory/schema.ts';
import { journaldConf } from '../templates/index.ts';

/**
 * Makes bare nodes fit for Kubernetes: kernel, packages, parameters, swap, names, time, containers, people. Nothing here joins a
 * cluster. It looks before it changes anything, and a second run changes nothing.
 */
export default playbook(fleet, (context) => prepareNodes(context));

/** The same as part of another playbook, which may see to what containers run in by itself. */
export function prepareNodes({ play, groups }: PlaybookContext<GroupsOf<typeof fleet.shared, typeof fleet.groups>>, { containers = true }: { readonly containers?: boolean } = {}): void {
  const named = groups.all.hosts.flatMap(({ name, vars }) => (vars.nodeIp === undefined ? [] : [{ address: vars.nodeIp, names: [name] }]));
  const controlPlanes = new Set(groups.controlPlane.hosts.map(({ name }) => name));

  play('Prepare nodes', groups.all, { facts: true }, ({ task, handler, host, vars, facts, factsOf }) => {
    // A container's kernel is its host's: how it was built and what its clock says cannot be mended in here.
    const owned = !facts.container;
    const { install: asked, ...runtime } = vars.runtime;
    const install = containers ? asked : 'keep';

    task('kernel is fit for Cilium', kernelCheck, { atLeast: '5.10', config: owned ? { ...kubernetesKernelConfig, ...ciliumKernelConfig } : {}, configUnknown: 'accept' });
    const clocks = groups.all.hosts.flatMap(({ name }) => factsOf(name)?.clockSkewMs ?? []);
    task('clocks agree', assert, { that: [agrees(facts.clockSkewMs, clocks, vars.maxClockSkew)] });

    task('package lists', packageCache, { maxHours: 7 * 24 });
    const wanted = [
      ...kubernetesPackages(facts),
      ...(owned ? ['chrony'] : []),
      ...(install === 'packages' ? runtimePackages(facts) : []),
      ...(vars.unattendedUpgrades && vars.unattendedUpgrades.policy !== 'off' ? [facts.packageManager === 'dnf' ? 'dnf-automatic' : 'unattended-upgrades'] : []),
      ...(vars.firewall ? [vars.firewall.backend] : []),
      ...(vars.locale && facts.packageManager === 'apt' ? ['locales'] : []),
      ...vars.packages,
    ];
    task('packages', packages, { names: [...new Set(wanted)], recommends: false, startServices: false });

    if (vars.kernelModules.length > 0) task('kernel modules', kernelModules, { file: 'kubernetes', names: vars.kernelModules });
    const bridged = vars.kernelModules.includes('br_netfilter');
    if (Object.keys(vars.sysctl).length > 0) task('kernel parameters', sysctl, { file: '90-kubernetes', values: vars.sysctl, ...(bridged ? { requires: 'br_netfilter' } : {}) });
    if (vars.swap === 'off') task('swap is off', swap, {});

    if (vars.setHostname) task('host name', hostname, { name: host.name });
    if (named.length > 0) task('names of all nodes', hosts, { entries: named, block: 'plinth nodes' });
    if (vars.timezone !== undefined) task('time zone', timezone, { name: vars.timezone });
    if (vars.locale) task('locale', locale, vars.locale);
    if (owned) task('time is kept', timeSync, { servers: vars.timeServers });

    if (install === 'packages') {
      const { registries = {}, override = {} } = vars.cluster?.containerd ?? {};
      const own = containerd.args.shape.registries.parse(registries);
      task('container runtime is configured', containerd, { ...runtime, registries: { ...runtime.registries, ...own }, override: { ...runtime.override, ...override } });
      task('runc', runc, { atLeast: '1.1.0' });
      task('CNI plugins', cniPlugins, { from: facts.packageManager === 'dnf' ? '/usr/libexec/cni' : '/usr/lib/cni' });
      task('crictl finds the runtime', crictl, {});
      task('container runtime', service, { name: 'containerd', enabled: true, fromPackage: true, newerThan: containerdFiles });
    }

    const restartJournal = handler('restart the journal', restartService, { name: 'systemd-journald' });
    task('folder of journald drop-ins', directory, { path: '/etc/systemd/journald.conf.d' });
    task('journal stays small', template, { path: '/etc/systemd/journald.conf.d/90-plinth.conf', from: journaldConf({ maxUse: vars.journalMaxUse }) }).notify(restartJournal);

    for (const [name, { keys, sudo, groups: more }] of Object.entries(vars.users)) {
      task(`user ${name}`, user, { name, groups: more, sudo });
      if (keys.length > 0) task(`keys of ${name}`, authorizedKeys, { user: name, keys });
    }

    if (vars.unattendedUpgrades) task('upgrades without being asked', unattendedUpgrades, vars.unattendedUpgrades);
    // Last: they may cut the connection off, and are tried by a new one.
    if (vars.sshd) task('SSH server', sshd, vars.sshd);
    if (vars.firewall) {
      const { backend, ports, trustedSources } = vars.firewall;
      const nodes = named.map(({ address }) => address);
      const ofRole = [...(controlPlanes.has(host.name) ? clusterPorts.controlPlane : clusterPorts.worker), ...clusterPorts.cilium].map((one) => ({ ...one, from: nodes }));
      const ofAll = [...(controlPlanes.has(host.name) ? [6443] : []), ...ports].map((port) => ({ port }));
      task('firewall', firewall, { backend, ports: [...ofRole, ...ofAll, ...clusterPorts.nodePorts], trustedSources });
    }
  });
}

/** What kubeadm, the kubelet and Cilium call on a node, by the names of its distribution. kubeadm checks for few of them. */
const kubernetesPackages = ({ packageManager }: Facts): string[] => (packageManager === 'dnf' ? ['conntrack-tools', 'curl', 'ethtool', 'ipset', 'iptables-nft', 'socat'] : ['conntrack', 'curl', 'ethtool', 'ipset', 'iptables', 'socat']);

const runtimePackages = ({ packageManager }: Facts): string[] => (packageManager === 'dnf' ? ['containerd', 'containernetworking-plugins', 'runc'] : ['containerd', 'containernetworking-plugins', 'runc']);

/** That a clock agrees with that of most nodes; a single node is held against ours. Differences to our own clock, in ms. */
function agrees(own: number, all: readonly number[], allowed: number) {
  const middle = all.length < 2 ? 0 : (all.toSorted((a, b) => a - b)[Math.floor((all.length - 1) / 2)] ?? 0);
  const off = own - middle;
  return {
    holds: Math.abs(off) <= allowed,
    message: `the clock is ${off} ms off ${all.length < 2 ? 'ours' : 'those of the other nodes'}, and ${allowed} ms are allowed`,
    hint: 'Set it once by hand (date -s, timedatectl set-time); afterwards chrony keeps it.',
  };
}
