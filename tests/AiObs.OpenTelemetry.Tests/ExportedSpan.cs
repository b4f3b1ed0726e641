namespace AiObs.OpenTelemetry.Tests;

/// <summary>What a span looked like at the moment when it was exported.</summary>
internal sealed record ExportedSpan(string Source, string Name, IReadOnlyDictionary<string, object?> Attributes);
