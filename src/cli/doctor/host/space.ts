import { bad, type Judged, ok, warn } from '../finding.ts';
import type { Examined, Room } from './examination.ts';

const GiB = 1024 * 1024;

/** Free space and inodes. The kubelet evicts pods below 10 % (15 % for images), and image pulls need GiBs at once. */
export function judgeSpace({ space, inodes }: Pick<Examined, 'space' | 'inodes'>): Judged[] {
  if (space.length === 0) return [warn('disk', 'df says nothing', 'Look at `df -Pk /` on the node.')];
  const worst = worstOf(space);
  const fewest = worstOf(inodes);
  return [
    judge('disk', worst, `${(worst.free / GiB).toFixed(1)} of ${(worst.total / GiB).toFixed(1)} GiB free on ${worst.mount}`, worst.free < GiB / 2, worst.free < 2 * GiB, `Make room: journalctl --vacuum-size=200M, apt-get clean, old kernels; du -xh ${worst.mount} | sort -h | tail shows who has it.`),
    ...(inodes.length > 0 ? [judge('inodes', fewest, `${Math.floor(share(fewest))} % free on ${fewest.mount}`, false, false, `Many small files fill it: find them with du --inodes -x ${fewest.mount} | sort -n | tail.`)] : []),
  ];
}

const share = ({ free, total }: Room): number => (free / total) * 100;
const nothing: Room = { mount: '/', total: 1, free: 1 };
/** /boot is small on purpose; it counts only when it is nearly full. */
const worstOf = (rooms: readonly Room[]): Room => rooms.filter((room) => room.mount !== '/boot' || share(room) < 10).reduce((worst, room) => (share(room) < share(worst) ? room : worst), rooms[0] ?? nothing);

function judge(check: string, room: Room, found: string, tooLittle: boolean, little: boolean, hint: string): Judged {
  if (share(room) < 3 || (tooLittle && room.mount !== '/boot')) return bad(check, found, hint);
  return share(room) < 10 || (little && room.mount !== '/boot') ? warn(check, found, hint) : ok(check, found);
}
