import { quote } from '../../contract/script/quote.ts';

/** What dd reads at a time, in bytes. */
const block = 64 * 1024;

/**
 * A frame that reads exactly `size` bytes of the channel's stdin and appends them to the staging file. The bytes are read
 * also when they cannot be written: left over, they would be taken for commands. `head -c` of busybox reads too much,
 * hence dd; a dd that cannot do it is found out before the frame says that it has started, and nothing is sent.
 */
export function receiveText(staging: string, size: number, first: boolean): string {
  const blocks = Math.floor(size / block);
  const rest = size % block;
  const read = [...(blocks > 0 ? [`dd bs=${block} count=${blocks} iflag=fullblock 2>/dev/null`] : []), ...(rest > 0 ? [`dd bs=${rest} count=1 iflag=fullblock 2>/dev/null`] : [])].join('; ') || ':';
  const create = first ? 'rm -f -- "$_pU" && (umask 077; set -C; : >"$_pU") && ' : '';
  return `{ if dd bs=1 count=0 iflag=fullblock </dev/null 2>/dev/null; then _pStart; _pBegin 0${first ? `; _pU=${quote(staging)}` : ''}
{ ${read}; } <&9 8>&- | { { ${create}cat >>"$_pU"; } || { cat >/dev/null; false; }; } 8>&- 9<&- || { rm -f -- "$_pU"; _pU=; false; }
_pEnd 0 $?
else _pBegin 0; put doing 'this node has no dd that knows iflag=fullblock (coreutils or busybox)'; _pEnd 0 1; fi; _pDone 0; }
`;
}
