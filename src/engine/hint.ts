/** What an error text of a node usually means, and the way out. First match wins. */
const known: readonly (readonly [RegExp, string])[] = [
  [/No space left on device|Disk quota exceeded/i, 'The disk is full: look with `df -h` and `df -i`, make room, and apply again; nothing half-written was left behind.'],
  [/Read-only file system/i, 'The file system is read-only: look for I/O errors in `dmesg`, or whether it is mounted read-only on purpose.'],
  [/Could not get lock|Unable to acquire the dpkg frontend lock|dpkg was interrupted/i, 'Another package manager runs or was interrupted: wait for it (unattended-upgrades often holds the lock after boot) or run `dpkg --configure -a`, then apply again.'],
  [/Temporary failure (in name resolution|resolving)|Could not resolve/i, 'The node cannot resolve names: check /etc/resolv.conf and its way to the DNS server.'],
  [/Unable to locate package|has no installation candidate|No match for argument/i, 'No repository of the node has this package: check the name, its sources, and that the package lists are up to date.'],
  [/NO_PUBKEY|is not signed|GPG check FAILED/i, 'A repository is not signed by a key the node trusts: add its key, or correct signed-by.'],
  [/Operation not permitted|Permission denied/i, 'Even root may not do this here: a container, a security module or an immutable file (`lsattr`) forbids it.'],
  [/command not found|: not found/i, 'A program is missing on the node: install it in an earlier task.'],
  [/No such file or directory/i, 'Something this needs is not there yet: create it in an earlier task.'],
  [/is a directory$/im, 'A directory stands where a file should be: remove it, or choose another path.'],
];

export const hintFor = (output: string): string | undefined => known.find(([pattern]) => pattern.test(output))?.[1];
