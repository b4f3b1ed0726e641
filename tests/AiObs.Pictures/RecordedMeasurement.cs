using System.Diagnostics.Metrics;

namespace AiObs.Pictures;

/// <summary>One measurement, its value in the instrument's own type.</summary>
internal sealed record RecordedMeasurement(Instrument Instrument, object Value, KeyValuePair<string, object?>[] Tags);
