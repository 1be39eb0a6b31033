export { sshConnection } from './connect.ts';
export { NoCommonAlgorithm } from './handshake.ts';
