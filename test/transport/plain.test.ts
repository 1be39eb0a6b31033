import { userInfo } from 'node:os';
import { plainCarriers } from './carriers.ts';
import { connectionContract } from './contract.ts';

for (const carrier of plainCarriers) connectionContract(carrier, { root: userInfo().uid === 0 });
