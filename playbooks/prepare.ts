import { type Facts, playbook } from 'plinth';
import { assert, authorizedKeys, ciliumKernelConfig, directory, hostname, hosts, kernelCheck, kernelModules, kubernetesKernelConfig, packages, restartService, service, swap, sysctl, template, user } from 'plinth/modules';
import { fleet } from '../inventory/schema.ts';
import { chronySources, journaldConf } from '../templates/index.ts';

/**
 * Makes bare nodes fit for Kubernetes: kernel, packages, parameters, swap, names, time, people. Nothing here joins a cluster.
 * It looks before it changes anything, and a second run changes nothing.
 */
export default playbook(fleet, ({ play, groups }) => {
  const named = groups.all.hosts.flatMap(({ name, vars }) => (vars.nodeIp === undefined ? [] : [{ address: vars.nodeIp, names: [name] }]));

  play('Prepare nodes', groups.all, { facts: true }, ({ task, handler, host, vars, facts }) => {
    // A container's kernel is its host's: how it was built and what its clock says cannot be mended in here.
    const owned = !facts.container;

    task('kernel is fit for Cilium', kernelCheck, { atLeast: '5.10', config: owned ? { ...kubernetesKernelConfig, ...ciliumKernelConfig } : {}, configUnknown: 'accept' });
    task('clock agrees with ours', assert, {
      that: [
        {
          holds: Math.abs(facts.clockSkewMs) <= vars.maxClockSkew,
          message: `the clock is ${facts.clockSkewMs} ms off, and ${vars.maxClockSkew} ms are allowed`,
          hint: 'Set it once by hand (date -s, timedatectl set-time); afterwards chrony keeps it.',
        },
      ],
    });

    task('packages', packages, { names: [...kubernetesPackages(facts), ...(owned ? ['chrony'] : []), ...vars.packages], recommends: false, startServices: false });

    if (vars.kernelModules.length > 0) task('kernel modules', kernelModules, { file: 'kubernetes', names: vars.kernelModules });
    const bridged = vars.kernelModules.includes('br_netfilter');
    if (Object.keys(vars.sysctl).length > 0) task('kernel parameters', sysctl, { file: '90-kubernetes', values: vars.sysctl, ...(bridged ? { requires: 'br_netfilter' } : {}) });
    if (vars.swap === 'off') task('swap is off', swap, {});

    if (vars.setHostname) task('host name', hostname, { name: host.name });
    if (named.length > 0) task('names of all nodes', hosts, { entries: named, block: 'plinth nodes' });

    if (owned) {
      const sources = '/etc/chrony/sources.d/fleet.sources';
      if (vars.timeServers.length > 0 && facts.packageManager === 'apt') task('time servers', template, { path: sources, from: chronySources({ servers: vars.timeServers }) });
      task('time is kept', service, { name: facts.packageManager === 'apt' ? 'chrony' : 'chronyd', newerThan: [sources] });
    }

    const restartJournal = handler('restart the journal', restartService, { name: 'systemd-journald' });
    task('folder of journald drop-ins', directory, { path: '/etc/systemd/journald.conf.d' });
    task('journal stays small', template, { path: '/etc/systemd/journald.conf.d/90-plinth.conf', from: journaldConf({ maxUse: vars.journalMaxUse }) }).notify(restartJournal);

    for (const [name, { keys, sudo, groups: more }] of Object.entries(vars.users)) {
      task(`user ${name}`, user, { name, groups: more, sudo });
      if (keys.length > 0) task(`keys of ${name}`, authorizedKeys, { user: name, keys });
    }
  });
});

/** What kubeadm, the kubelet and Cilium call on a node, by the names of its distribution. kubeadm checks for few of them. */
const kubernetesPackages = ({ packageManager }: Facts): string[] => (packageManager === 'dnf' ? ['conntrack-tools', 'curl', 'ethtool', 'ipset', 'iptables-nft', 'socat'] : ['conntrack', 'curl', 'ethtool', 'ipset', 'iptables', 'socat']);
