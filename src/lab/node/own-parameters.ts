/** Below /proc/sys these belong to a node's own namespaces (uts, ipc, pid), as everything in net/ does: they stay real. */
export const ownParameters: readonly string[] = [
  ...['hostname', 'domainname', 'ns_last_pid', 'auto_msgmni', 'shm_rmid_forced', 'sem', 'sem_next_id', 'msg_next_id', 'shm_next_id'].map((key) => `kernel/${key}`),
  ...['shmmax', 'shmall', 'shmmni', 'msgmax', 'msgmnb', 'msgmni'].map((key) => `kernel/${key}`),
  ...['queues_max', 'msg_max', 'msgsize_max', 'msg_default', 'msgsize_default'].map((key) => `fs/mqueue/${key}`),
];

/** These are the machine's, but can only be read and tell something that changes. */
export const liveParameters: readonly string[] = [
  ...['random/uuid', 'random/entropy_avail', 'pty/nr', 'version', 'osrelease'].map((key) => `kernel/${key}`),
  ...['file-nr', 'inode-nr', 'inode-state', 'dentry-state'].map((key) => `fs/${key}`),
];
