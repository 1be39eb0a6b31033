/**
 * Below /proc/sys these belong to a node's own namespaces (uts, ipc) or are only ever read: they stay the kernel's. All
 * else outside net/ is the machine's; there the node gets a copy of its own.
 */
export const realParameters: readonly string[] = [
  ...['hostname', 'domainname', 'shmmax', 'shmall', 'shmmni', 'shm_rmid_forced', 'sem', 'msgmax', 'msgmnb', 'msgmni', 'auto_msgmni'].map((key) => `kernel/${key}`),
  ...['ns_last_pid', 'random/uuid', 'random/entropy_avail', 'pty/nr', 'version', 'osrelease'].map((key) => `kernel/${key}`),
  ...['mqueue', 'file-nr', 'inode-nr', 'inode-state', 'dentry-state'].map((key) => `fs/${key}`),
];
