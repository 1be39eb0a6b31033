export { openBundle } from './open.ts';
