import type { Said } from '../check.ts';
import type { Kind, Reading } from '../reading.ts';
import { type Script, sh } from '../script/script.ts';
import { putPacked, unpacked } from './packed.ts';

/** What a read-only script says, whether it fails or not, for checks. Its time is bounded, in seconds; a value that is made once is read once. */
export function said(script: Script, seconds = 45): Reading<Said> {
  const kind: Kind<Said> = {
    name: 'said',
    script: () => putPacked(sh`if text=$(timeout ${seconds} sh -c ${script.show()} </dev/null 2>&1); then code=0; else code=$?; fi
printf '%s\n%s\n' "$code" "$text"`),
    parse(text) {
      const plain = text === undefined ? '' : unpacked(text);
      const end = plain.indexOf('\n');
      return { code: Number(plain.slice(0, end)), text: plain.slice(end + 1).trimEnd() };
    },
  };
  return { kind, key: '' };
}
