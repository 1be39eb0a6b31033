import type { Account } from '../../../contract/index.ts';

/** What is wanted of an account; what is left out stays as found. */
export interface Wish {
  readonly uid?: number | undefined;
  readonly group?: string | undefined;
  readonly groups: readonly string[];
  readonly exactGroups: boolean;
  readonly comment?: string | undefined;
  readonly home?: string | undefined;
  readonly shell?: string | undefined;
  readonly system: boolean;
}

const newShell = ({ shell, system }: Wish): string => shell ?? (system ? '/usr/sbin/nologin' : '/bin/bash');

/** A new account in one line. */
export function describe(wish: Wish): string {
  const { uid, group, groups, comment, home } = wish;
  return [...(uid === undefined ? [] : [`uid ${uid}`]), ...(group ? [`group ${group}`] : []), ...(groups.length > 0 ? [`groups ${groups.toSorted().join(' ')}`] : []), ...(comment ? [comment] : []), ...(home ? [`home ${home}`] : []), `shell ${newShell(wish)}`].join(', ');
}

/** Options of `useradd`. */
export function createOptions(wish: Wish): string[] {
  const { uid, group, groups, comment, home, system } = wish;
  return [
    ...(system ? ['-r'] : ['-m']),
    ...(uid === undefined ? [] : ['-u', String(uid)]),
    ...(group ? ['-g', group] : ['-U']),
    ...(groups.length > 0 ? ['-G', groups.join(',')] : []),
    ...(comment === undefined ? [] : ['-c', comment]),
    ...(home ? ['-d', home] : []),
    '-s',
    newShell(wish),
  ];
}

export interface Difference {
  readonly what: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Of `usermod`. */
  readonly options: readonly string[];
}

export function differences(found: Account, { uid, group, groups, exactGroups, comment, home, shell }: Wish): Difference[] {
  const missing = groups.filter((one) => !found.groups.includes(one) && one !== found.group);
  const spare = exactGroups ? found.groups.filter((one) => !groups.includes(one)) : [];
  const after = [...found.groups.filter((one) => !spare.includes(one)), ...missing].toSorted();
  const text = (value: string | undefined): string | undefined => value || undefined;
  return [
    ...(uid !== undefined && uid !== found.uid ? [{ what: 'uid', from: String(found.uid), to: String(uid), options: ['-u', String(uid)] }] : []),
    ...(group !== undefined && group !== found.group ? [{ what: 'primary group', from: found.group, to: group, options: ['-g', group] }] : []),
    ...(missing.length + spare.length > 0 ? [{ what: 'groups', from: text(found.groups.join(' ')), to: text(after.join(' ')), options: ['-G', after.join(',')] }] : []),
    ...(comment !== undefined && comment !== found.comment ? [{ what: 'comment', from: text(found.comment), to: text(comment), options: ['-c', comment] }] : []),
    ...(home !== undefined && home !== found.home ? [{ what: 'home', from: found.home, to: home, options: ['-m', '-d', home] }] : []),
    ...(shell !== undefined && shell !== found.shell ? [{ what: 'shell', from: text(found.shell), to: shell, options: ['-s', shell] }] : []),
  ];
}
