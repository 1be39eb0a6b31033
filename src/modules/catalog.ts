// Written by scripts/new-module.mjs --index: do not edit.
import type { Action, Module } from '../contract/index.ts';
import { daemonReload } from './actions/daemonReload/index.ts';
import { reloadService } from './actions/reloadService/index.ts';
import { restartService } from './actions/restartService/index.ts';
import { gatewayApi } from './cilium/gatewayApi/index.ts';
import { l2Policy } from './cilium/l2Policy/index.ts';
import { l2Pool } from './cilium/l2Pool/index.ts';
import { assert } from './commands/assert/index.ts';
import { command } from './commands/command/index.ts';
import { wait } from './commands/wait/index.ts';
import { archive } from './config/archive/index.ts';
import { copy } from './config/copy/index.ts';
import { cron } from './config/cron/index.ts';
import { download } from './config/download/index.ts';
import { dropIn } from './config/dropIn/index.ts';
import { fetchFile } from './config/fetchFile/index.ts';
import { ini } from './config/ini/index.ts';
import { journald } from './config/journald/index.ts';
import { json } from './config/json/index.ts';
import { limits } from './config/limits/index.ts';
import { logrotate } from './config/logrotate/index.ts';
import { mount } from './config/mount/index.ts';
import { timer } from './config/timer/index.ts';
import { toml } from './config/toml/index.ts';
import { unarchive } from './config/unarchive/index.ts';
import { unit } from './config/unit/index.ts';
import { yaml } from './config/yaml/index.ts';
import { block } from './files/block/index.ts';
import { directory } from './files/directory/index.ts';
import { file } from './files/file/index.ts';
import { line } from './files/line/index.ts';
import { link } from './files/link/index.ts';
import { template } from './files/template/index.ts';
import { apparmor } from './host/apparmor/index.ts';
import { firewall } from './host/firewall/index.ts';
import { kernelArguments } from './host/kernelArguments/index.ts';
import { locale } from './host/locale/index.ts';
import { selinux } from './host/selinux/index.ts';
import { sshd } from './host/sshd/index.ts';
import { timeSync } from './host/timeSync/index.ts';
import { timezone } from './host/timezone/index.ts';
import { unattendedUpgrades } from './host/unattendedUpgrades/index.ts';
import { kernelCheck } from './kernel/kernelCheck/index.ts';
import { kernelModules } from './kernel/kernelModules/index.ts';
import { sysctl } from './kernel/sysctl/index.ts';
import { check } from './kube/check/index.ts';
import { helmRelease } from './kube/helmRelease/index.ts';
import { kubeManifest } from './kube/kubeManifest/index.ts';
import { kubeNode } from './kube/kubeNode/index.ts';
import { kubeWait } from './kube/kubeWait/index.ts';
import { probe } from './kube/probe/index.ts';
import { images } from './kubeadm/images/index.ts';
import { kubePackages } from './kubeadm/kubePackages/index.ts';
import { kubeVip } from './kubeadm/kubeVip/index.ts';
import { kubeadmInit } from './kubeadm/kubeadmInit/index.ts';
import { kubeadmJoin } from './kubeadm/kubeadmJoin/index.ts';
import { kubeadmRemove } from './kubeadm/kubeadmRemove/index.ts';
import { kubeadmReset } from './kubeadm/kubeadmReset/index.ts';
import { kubeadmToken } from './kubeadm/kubeadmToken/index.ts';
import { kubeadmTokens } from './kubeadm/kubeadmTokens/index.ts';
import { kubeconfig } from './kubeadm/kubeconfig/index.ts';
import { packageCache } from './packages/packageCache/index.ts';
import { packageRepository } from './packages/packageRepository/index.ts';
import { packages } from './packages/packages/index.ts';
import { bundledPackages } from './runtime/bundledPackages/index.ts';
import { bundledRuntime } from './runtime/bundledRuntime/index.ts';
import { cniPlugins } from './runtime/cniPlugins/index.ts';
import { containerd } from './runtime/containerd/index.ts';
import { crictl } from './runtime/crictl/index.ts';
import { helm } from './runtime/helm/index.ts';
import { runc } from './runtime/runc/index.ts';
import { authorizedKeys } from './system/authorizedKeys/index.ts';
import { group } from './system/group/index.ts';
import { hostname } from './system/hostname/index.ts';
import { hosts } from './system/hosts/index.ts';
import { reboot } from './system/reboot/index.ts';
import { service } from './system/service/index.ts';
import { swap } from './system/swap/index.ts';
import { user } from './system/user/index.ts';
import { bbr } from './tuning/bbr/index.ts';
import { cpuGovernor } from './tuning/cpuGovernor/index.ts';
import { irqAffinity } from './tuning/irqAffinity/index.ts';
import { irqbalance } from './tuning/irqbalance/index.ts';
import { mtu } from './tuning/mtu/index.ts';
import { nic } from './tuning/nic/index.ts';
import { preemption } from './tuning/preemption/index.ts';
import { tuned } from './tuning/tuned/index.ts';

/** A module or action, and where its folder is under src/modules. */
export interface Entry<T> {
  readonly area: string;
  readonly folder: string;
  readonly of: T;
}

export const modules: readonly Entry<Module>[] = [
  { area: 'cilium', folder: 'cilium/gatewayApi', of: gatewayApi },
  { area: 'cilium', folder: 'cilium/l2Policy', of: l2Policy },
  { area: 'cilium', folder: 'cilium/l2Pool', of: l2Pool },
  { area: 'commands', folder: 'commands/assert', of: assert },
  { area: 'commands', folder: 'commands/command', of: command },
  { area: 'commands', folder: 'commands/wait', of: wait },
  { area: 'config', folder: 'config/archive', of: archive },
  { area: 'config', folder: 'config/copy', of: copy },
  { area: 'config', folder: 'config/cron', of: cron },
  { area: 'config', folder: 'config/download', of: download },
  { area: 'config', folder: 'config/dropIn', of: dropIn },
  { area: 'config', folder: 'config/fetchFile', of: fetchFile },
  { area: 'config', folder: 'config/ini', of: ini },
  { area: 'config', folder: 'config/journald', of: journald },
  { area: 'config', folder: 'config/json', of: json },
  { area: 'config', folder: 'config/limits', of: limits },
  { area: 'config', folder: 'config/logrotate', of: logrotate },
  { area: 'config', folder: 'config/mount', of: mount },
  { area: 'config', folder: 'config/timer', of: timer },
  { area: 'config', folder: 'config/toml', of: toml },
  { area: 'config', folder: 'config/unarchive', of: unarchive },
  { area: 'config', folder: 'config/unit', of: unit },
  { area: 'config', folder: 'config/yaml', of: yaml },
  { area: 'files', folder: 'files/block', of: block },
  { area: 'files', folder: 'files/directory', of: directory },
  { area: 'files', folder: 'files/file', of: file },
  { area: 'files', folder: 'files/line', of: line },
  { area: 'files', folder: 'files/link', of: link },
  { area: 'files', folder: 'files/template', of: template },
  { area: 'host', folder: 'host/apparmor', of: apparmor },
  { area: 'host', folder: 'host/firewall', of: firewall },
  { area: 'host', folder: 'host/kernelArguments', of: kernelArguments },
  { area: 'host', folder: 'host/locale', of: locale },
  { area: 'host', folder: 'host/selinux', of: selinux },
  { area: 'host', folder: 'host/sshd', of: sshd },
  { area: 'host', folder: 'host/timeSync', of: timeSync },
  { area: 'host', folder: 'host/timezone', of: timezone },
  { area: 'host', folder: 'host/unattendedUpgrades', of: unattendedUpgrades },
  { area: 'kernel', folder: 'kernel/kernelCheck', of: kernelCheck },
  { area: 'kernel', folder: 'kernel/kernelModules', of: kernelModules },
  { area: 'kernel', folder: 'kernel/sysctl', of: sysctl },
  { area: 'kube', folder: 'kube/check', of: check },
  { area: 'kube', folder: 'kube/helmRelease', of: helmRelease },
  { area: 'kube', folder: 'kube/kubeManifest', of: kubeManifest },
  { area: 'kube', folder: 'kube/kubeNode', of: kubeNode },
  { area: 'kube', folder: 'kube/kubeWait', of: kubeWait },
  { area: 'kube', folder: 'kube/probe', of: probe },
  { area: 'kubeadm', folder: 'kubeadm/images', of: images },
  { area: 'kubeadm', folder: 'kubeadm/kubePackages', of: kubePackages },
  { area: 'kubeadm', folder: 'kubeadm/kubeVip', of: kubeVip },
  { area: 'kubeadm', folder: 'kubeadm/kubeadmInit', of: kubeadmInit },
  { area: 'kubeadm', folder: 'kubeadm/kubeadmJoin', of: kubeadmJoin },
  { area: 'kubeadm', folder: 'kubeadm/kubeadmRemove', of: kubeadmRemove },
  { area: 'kubeadm', folder: 'kubeadm/kubeadmReset', of: kubeadmReset },
  { area: 'kubeadm', folder: 'kubeadm/kubeadmToken', of: kubeadmToken },
  { area: 'kubeadm', folder: 'kubeadm/kubeadmTokens', of: kubeadmTokens },
  { area: 'kubeadm', folder: 'kubeadm/kubeconfig', of: kubeconfig },
  { area: 'packages', folder: 'packages/packageCache', of: packageCache },
  { area: 'packages', folder: 'packages/packageRepository', of: packageRepository },
  { area: 'packages', folder: 'packages/packages', of: packages },
  { area: 'runtime', folder: 'runtime/bundledPackages', of: bundledPackages },
  { area: 'runtime', folder: 'runtime/bundledRuntime', of: bundledRuntime },
  { area: 'runtime', folder: 'runtime/cniPlugins', of: cniPlugins },
  { area: 'runtime', folder: 'runtime/containerd', of: containerd },
  { area: 'runtime', folder: 'runtime/crictl', of: crictl },
  { area: 'runtime', folder: 'runtime/helm', of: helm },
  { area: 'runtime', folder: 'runtime/runc', of: runc },
  { area: 'system', folder: 'system/authorizedKeys', of: authorizedKeys },
  { area: 'system', folder: 'system/group', of: group },
  { area: 'system', folder: 'system/hostname', of: hostname },
  { area: 'system', folder: 'system/hosts', of: hosts },
  { area: 'system', folder: 'system/reboot', of: reboot },
  { area: 'system', folder: 'system/service', of: service },
  { area: 'system', folder: 'system/swap', of: swap },
  { area: 'system', folder: 'system/user', of: user },
  { area: 'tuning', folder: 'tuning/bbr', of: bbr },
  { area: 'tuning', folder: 'tuning/cpuGovernor', of: cpuGovernor },
  { area: 'tuning', folder: 'tuning/irqAffinity', of: irqAffinity },
  { area: 'tuning', folder: 'tuning/irqbalance', of: irqbalance },
  { area: 'tuning', folder: 'tuning/mtu', of: mtu },
  { area: 'tuning', folder: 'tuning/nic', of: nic },
  { area: 'tuning', folder: 'tuning/preemption', of: preemption },
  { area: 'tuning', folder: 'tuning/tuned', of: tuned },
];

/** What handlers may do. */
export const actions: readonly Entry<Action>[] = [
  { area: 'actions', folder: 'actions/daemonReload', of: daemonReload },
  { area: 'actions', folder: 'actions/reloadService', of: reloadService },
  { area: 'actions', folder: 'actions/restartService', of: restartService },
];
