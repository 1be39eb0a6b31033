export { opensshConnection } from './connect.ts';
