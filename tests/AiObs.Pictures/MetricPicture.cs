using System.Diagnostics.Metrics;
using System.Globalization;
using AiObs.TestSupport;

namespace AiObs.Pictures;

/// <summary>Draws measurements: for each set of tags its instruments, with count and sum. Of times only the count is shown, and kind and unit once.</summary>
internal static class MetricPicture
{
    private static readonly string[] Times = ["s", "ms"];

    /// <summary>Draws each instrument's count and sum, whatever the tags are.</summary>
    public static IEnumerable<string> Brief(IEnumerable<RecordedMeasurement> measurements, IReadOnlyDictionary<string, string> labels) => measurements
        .GroupBy(measurement => (Meter: MeterOf(measurement.Instrument, labels), measurement.Instrument))
        .Select(group => PictureText.Line(1, $"{group.Key.Meter}{Line(group.Key.Instrument, [.. group.Select(value => value.Value)], isFirst: false)}"))
        .Order(StringComparer.Ordinal);

    public static IEnumerable<string> Of(IEnumerable<RecordedMeasurement> measurements, IReadOnlyDictionary<string, string> labels)
    {
        var groups = measurements
            .GroupBy(measurement => (Meter: MeterOf(measurement.Instrument, labels), Tags: PictureText.InlineTags(measurement.Tags)))
            .OrderBy(group => group.Key.Meter, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Tags, StringComparer.Ordinal);

        HashSet<Instrument> shown = [];

        return groups.SelectMany(group => group
            .GroupBy(measurement => measurement.Instrument)
            .OrderBy(values => values.Key.Name, StringComparer.Ordinal)
            .Select(values => PictureText.Line(2, Line(values.Key, [.. values.Select(value => value.Value)], shown.Add(values.Key))))
            .Prepend(PictureText.Line(1, $"{group.Key.Meter}{group.Key.Tags}")));
    }

    private static string MeterOf(Instrument instrument, IReadOnlyDictionary<string, string> labels)
    {
        var label = labels.TryGetValue(instrument.Meter.Name, out var known) ? known : instrument.Meter.Name;

        return label == Recorder.DefaultLabel ? "" : $"from {label} ";
    }

    private static string Line(Instrument instrument, List<object> values, bool isFirst)
    {
        var kind = instrument.GetType().Name.Split('`')[0];
        var sum = values.Sum(value => Convert.ToDecimal(value, CultureInfo.InvariantCulture));
        var text = instrument.IsObservable ? $"= {Plain(values[^1])}"
            : Times.Contains(instrument.Unit) ? $"count {values.Count}"
            : $"count {values.Count}, sum {PictureText.Number(sum)}";

        return $"{instrument.Name}{(isFirst ? $" ({kind} of {ValueText.Of(values[0]).Split(' ')[0]}, unit {instrument.Unit ?? "none"})" : "")}: {text}";
    }

    private static string Plain(object value) => ValueText.Of(value).Split(' ')[1];
}
