import type { Connection, Reach } from '../../contract/connection.ts';
import type { SshOptions } from '../ssh/connect.ts';
import type { Target } from '../target/target.ts';
export async function opensshConnection(reach: Reach, target: Target, options: SshOptions, why: string): Promise<Connection> { throw new Error(`${reach.host}${target.host}${options.limiter}${why}`); }
