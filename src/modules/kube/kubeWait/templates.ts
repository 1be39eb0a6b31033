import type { Goal } from './judge.ts';

/** What go-template makes of an object: `yes` or `no`, and how it stands. Nothing where there is none. */
export function templateOf(goal: Goal): string {
  if (goal === 'exists') return '{{range .items}}yes there{{end}}';
  if (goal === 'gone') return '{{range .items}}no still there{{end}}';
  if (goal === 'endpoints') return '{{range .items}}{{$n := 0}}{{range .subsets}}{{$n = len (or .addresses "")}}{{end}}{{if $n}}yes {{$n}} endpoints{{else}}no 0 endpoints{{end}}{{end}}';
  if (goal === 'rollout') return rollout;
  return `{{range .items}}{{$s := ""}}{{range .status.conditions}}{{if eq .type "${goal.condition}"}}{{$s = .status}}{{end}}{{end}}{{if eq $s "${goal.status}"}}yes{{else}}no{{end}} {{if $s}}${goal.condition} is {{$s}}{{range .status.conditions}}{{if eq .type "${goal.condition}"}}{{with .reason}} ({{.}}){{end}}{{end}}{{end}}{{else}}no condition ${goal.condition}{{end}}{{end}}`;
}

// Numbers that the API leaves out are 0.
const rollout = `{{range .items}}{{$s := .status}}{{$g := or $s.observedGeneration 0}}{{if lt $g .metadata.generation}}no its last change is not seen yet{{else}}{{if eq .kind "DaemonSet"}}${verdict('$s.desiredNumberScheduled', '$s.updatedNumberScheduled', '$s.numberAvailable', '$s.updatedNumberScheduled')}{{else}}${verdict('.spec.replicas', '$s.updatedReplicas', '$s.availableReplicas', '$s.replicas')}{{end}}{{end}}{{end}}`;

function verdict(wanted: string, updated: string, available: string, all: string): string {
  return `{{$w := or ${wanted} 0}}{{$u := or ${updated} 0}}{{$a := or ${available} 0}}{{$n := or ${all} 0}}{{if and (ge $u $w) (ge $a $w) (le $n $u)}}yes{{else}}no{{end}} {{$u}} of {{$w}} updated, {{$a}} available{{if gt $n $u}}, old ones left{{end}}`;
}

/** Labels of the pods behind a workload or a service, `a=b,c=d,`. */
export const selectorTemplate = '{{range .items}}{{$s := .spec.selector}}{{with $s.matchLabels}}{{$s = .}}{{end}}{{range $k, $v := $s}}{{$k}}={{$v}},{{end}}{{end}}';

/** Pods that are not ready, a line each, with the reasons of their containers. */
export const podsTemplate =
  '{{range .items}}{{$r := false}}{{$why := ""}}{{range .status.conditions}}{{if and (eq .type "Ready") (eq .status "True")}}{{$r = true}}{{end}}{{if and (eq .type "PodScheduled") (eq .status "False")}}{{$why = .message}}{{end}}{{end}}' +
  '{{if not $r}}{{.metadata.name}}{{with .spec.nodeName}} on {{.}}{{end}}: {{.status.phase}}{{with .status.reason}} ({{.}}){{end}}{{with $why}}, {{.}}{{end}}' +
  '{{range .status.initContainerStatuses}}{{if not .ready}}{{$c := .name}}{{with .state.waiting}}, {{$c}}: {{.reason}}{{with .message}} {{.}}{{end}}{{end}}{{with .state.terminated}}{{if .exitCode}}, {{$c}} ended with {{.exitCode}} {{.reason}}{{end}}{{end}}{{end}}{{end}}' +
  '{{range .status.containerStatuses}}{{if not .ready}}{{$c := .name}}{{with .state.waiting}}, {{$c}}: {{.reason}}{{with .message}} {{.}}{{end}}{{end}}{{with .state.terminated}}, {{$c}} ended with {{.exitCode}} {{.reason}}{{end}}{{if .state.running}}, {{$c}} is not ready{{end}}{{end}}{{end}}' +
  '{{"\\n"}}{{end}}{{end}}';

/** Warnings, a line each. */
export const eventsTemplate = '{{range .items}}{{.involvedObject.kind}} {{.involvedObject.name}}: {{.reason}}: {{.message}}{{"\\n"}}{{end}}';
