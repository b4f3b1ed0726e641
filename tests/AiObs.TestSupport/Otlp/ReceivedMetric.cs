namespace AiObs.TestSupport.Otlp;

/// <summary>A metric as it arrived over the wire.</summary>
/// <param name="Name">The instrument's name.</param>
/// <param name="Unit">The unit, empty when there is none.</param>
/// <param name="Description">The description, empty when there is none.</param>
/// <param name="Kind">How the metric aggregates.</param>
/// <param name="Points">One point per set of attributes.</param>
/// <param name="Scope">The scope and resource.</param>
public sealed record ReceivedMetric(
    string Name,
    string Unit,
    string Description,
    ReceivedMetricKind Kind,
    IReadOnlyList<ReceivedPoint> Points,
    ReceivedScope Scope);
