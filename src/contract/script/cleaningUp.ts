/**
 * Shell text that has `command` run however the script ends, unless by KILL. A signal needs a trap of its own: a shell that dies of one
 * runs no EXIT trap, and dash gives up the EXIT trap of `set -e` halfway where a signal is still waiting to be handled. A second signal
 * must not end what cleans up. Taken back by `trap - EXIT HUP INT TERM`.
 * @param command without single quotes.
 */
export const cleaningUp = (command: string): string => `trap '${command}' EXIT; trap 'trap "" HUP INT TERM; ${command}; exit 143' HUP INT TERM`;
