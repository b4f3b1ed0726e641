using System.Diagnostics;

namespace AiObs.OpenTelemetry.Sampling;

/// <summary>The spans of a trace that need wait no longer.</summary>
internal readonly record struct DecidedTrace(IReadOnlyList<Activity> Spans, KeepReason Reason, EarlyReason? Early);
