namespace AiObs.OpenTelemetry.Backends;

/// <summary>Stands in the services for an exporter that was added; its name is that of its options and its section.</summary>
internal sealed record ExporterName(string Value);
