import { account } from './account.ts';
import { bootTime } from './bootTime.ts';
import { candidate } from './candidate.ts';
import { condition } from './condition.ts';
import { content } from './content.ts';
import { cpufreq } from './cpufreq.ts';
import { each } from './each.ts';
import { ethtool } from './ethtool.ts';
import { facts } from './facts/kind.ts';
import { fileTime } from './fileTime.ts';
import { group } from './group.ts';
import { interrupts } from './interrupts.ts';
import { kernel } from './kernel.ts';
import { kernelConfig } from './kernelConfig.ts';
import { kernelModule } from './kernelModule.ts';
import { keyFile } from './keyFile.ts';
import { kube } from './kube.ts';
import { kubeRelease } from './kubeRelease.ts';
import { link } from './link.ts';
import { listing } from './listing.ts';
import { login } from './login.ts';
import { matches } from './matches.ts';
import { mount } from './mount.ts';
import { pkg } from './package.ts';
import { packageManager } from './packageManager.ts';
import { passwordHash } from './passwordHash.ts';
import { said } from './said.ts';
import { sha256 } from './sha256.ts';
import { shell } from './shell.ts';
import { stat } from './stat.ts';
import { swaps } from './swaps.ts';
import { sysctl } from './sysctl.ts';
import { sysctlFiles } from './sysctlFiles.ts';
import { target } from './target.ts';
import { text } from './text.ts';
import { tree } from './tree.ts';
import { unit } from './unit.ts';
import { unitStart } from './unitStart.ts';

export { type Account } from './account.ts';
export { type Condition } from './condition.ts';
export { type Content } from './content.ts';
export { type CpuFrequency } from './cpufreq.ts';
export { type Ethtool } from './ethtool.ts';
export { type Facts, factsSchema } from './facts.ts';
export { type GroupEntry } from './group.ts';
export { type Interrupt, type Interrupts, type Queue } from './interrupts.ts';
export { type Kernel } from './kernel.ts';
export { type KernelModule } from './kernelModule.ts';
export { type KeyFile } from './keyFile.ts';
export { type Kube, type KubeObject, type KubeRef } from './kube.ts';
export { type KubeRelease, type KubeReleases } from './kubeRelease.ts';
export { type Mount } from './mount.ts';
export { type Package } from './package.ts';
export { type Stat } from './stat.ts';
export { type Swaps } from './swaps.ts';
export { type SysctlSetting } from './sysctlFiles.ts';
export { type Tree, type TreeEntry } from './tree.ts';
export { type Unit } from './unit.ts';

/** Everything a module may read of a node. */
export const read = {
  account,
  bootTime,
  candidate,
  condition,
  content,
  cpufreq,
  each,
  ethtool,
  facts,
  fileTime,
  group,
  interrupts,
  kernel,
  kernelConfig,
  kernelModule,
  keyFile,
  kube,
  kubeRelease,
  link,
  listing,
  login,
  matches,
  mount,
  package: pkg,
  packageManager,
  passwordHash,
  said,
  sha256,
  shell,
  stat,
  swaps,
  sysctl,
  sysctlFiles,
  target,
  text,
  tree,
  unit,
  unitStart,
};
