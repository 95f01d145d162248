{{/* A file of deploy/, in this release's namespace. */}}
{{- define "herald.file" -}}
{{ .root.Files.Get (printf "files/%s" .name) | replace "metallb-system" .root.Release.Namespace }}
{{- end -}}

{{- define "herald.labels" -}}
app.kubernetes.io/name: herald
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{/* One of the operator's or of metallb.io's objects from a file, with more labels. */}}
{{- define "herald.labelled" -}}
{{- $object := include "herald.file" . | fromYaml -}}
{{- $_ := set $object.metadata "labels" (merge (dict) .labels (include "herald.labels" .root | fromYaml)) -}}
{{- if .interval }}{{ $_ := set (index $object.spec.podMetricsEndpoints 0) "interval" .interval }}{{ end -}}
{{ toYaml $object }}
{{- end -}}

{{/* Files of etc/: name without .cfg, key, value. */}}
{{- define "herald.settings" -}}
{{- $made := dict "org.heraldlb.k8ssource" (dict "namespace" .Release.Namespace "role" .Values.role) -}}
{{- if ne .Values.onControlPlaneLoss "hold" -}}
{{- $_ := set (get $made "org.heraldlb.k8ssource") "on.control.plane.loss" .Values.onControlPlaneLoss -}}
{{- $_ := set (get $made "org.heraldlb.k8ssource") "hold.seconds" (.Values.holdSeconds | int64 | toString) -}}
{{- end -}}
{{- if or .Values.loadBalancerClass .Values.speaker.ignoreExcludeLB -}}
{{- $_ := set $made "org.heraldlb.core" (dict "loadBalancerClass" .Values.loadBalancerClass "ignoreExcludeLabel" .Values.speaker.ignoreExcludeLB) -}}
{{- end -}}
{{- if not .Values.speaker.excludeInterfaces.enabled -}}
{{- $_ := set $made "org.heraldlb.l2" (dict "interfaces.exclude" "") -}}
{{- end -}}
{{- if .Values.bgp.listen -}}
{{- $_ := set $made "org.heraldlb.bgp" (dict "listen" true "port" (int64 .Values.bgp.port)) -}}
{{- end -}}
{{- if .Values.speaker.memberlist.enabled -}}
{{- $_ := set $made "org.heraldlb.membership" (dict "kubernetes" true "port" (int64 .Values.speaker.memberlist.mlBindPort)) -}}
{{- end -}}
{{- toYaml (mergeOverwrite $made (deepCopy .Values.settings)) -}}
{{- end -}}

{{- define "herald.exposed" -}}
{{- if or .Values.prometheus.expose .Values.prometheus.podMonitor.enabled }}true{{ end -}}
{{- end -}}

{{- define "herald.probe" -}}
httpGet:
  path: {{ .path }}
  port: {{ .root.Values.prometheus.metricsPort }}
  {{- if not (include "herald.exposed" .root) }}
  host: 127.0.0.1
  {{- end }}
{{ toYaml .settings }}
{{- end -}}
