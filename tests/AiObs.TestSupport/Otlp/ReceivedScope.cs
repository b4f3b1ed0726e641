namespace AiObs.TestSupport.Otlp;

/// <summary>The instrumentation scope of a span, metric or log, and the resource it belongs to.</summary>
/// <param name="Name">The name of the source, meter or logger.</param>
/// <param name="Version">The version, empty when none was given.</param>
/// <param name="SchemaUrl">The schema URL, empty when none was given.</param>
/// <param name="Attributes">The attributes of the scope.</param>
/// <param name="Resource">The attributes of the resource.</param>
public sealed record ReceivedScope(
    string Name,
    string Version,
    string SchemaUrl,
    IReadOnlyDictionary<string, object?> Attributes,
    IReadOnlyDictionary<string, object?> Resource);
