import { quote } from '../../../contract/index.ts';

/** What the test says where the node has no means to try a port: that is not a closed port. */
export const noWayToTry = 'neither bash nor nc is here to try a port with';

/** A shell test that a TCP port takes a connection, within 3 s. */
export const portTest = (host: string, port: number): string => `if command -v bash >/dev/null 2>&1; then timeout 3 bash -c ': <>"/dev/tcp/$0/$1"' ${quote(host)} ${port}
elif command -v nc >/dev/null 2>&1; then timeout 3 nc -z ${quote(host)} ${port}
else echo '${noWayToTry}'; false
fi`;
