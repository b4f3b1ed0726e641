using System.Text.RegularExpressions;

namespace AiObs.ArchitectureTests.Docs;

/// <summary>Reads as much of a query as it takes to tell which series and labels it names.</summary>
internal static partial class PromQL
{
    /// <summary>Tells each name in a query that is no series, and each label that none of its series has.</summary>
    public static IEnumerable<string> Violations(string query, MeasuredMetrics measured)
    {
        var series = SeriesOf(measured);
        var named = Series().Matches(query).Select(static match => match.Value).ToHashSet(StringComparer.Ordinal);
        var labels = named.Where(series.ContainsKey).SelectMany(name => series[name]).ToHashSet(StringComparer.Ordinal);
        var used = Grouping().Matches(query).SelectMany(static match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries))
            .Concat(Filter().Matches(query).Select(static match => match.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal);

        return named.Except(series.Keys).Except(used).Select(static name => $"{name} is no series.")
            .Concat(used.Except(labels).Select(name => $"{name} is no label of {string.Join(", ", named.Except(used))}."));
    }

    /// <summary>Returns the labels of each series that Prometheus makes of the instruments.</summary>
    public static IReadOnlyDictionary<string, HashSet<string>> SeriesOf(MeasuredMetrics measured)
    {
        var series = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var instrument in measured.Instruments.Values)
        {
            var name = MeasuredMetrics.PrometheusNameOf(instrument);
            var labels = measured.Tags.GetValueOrDefault(instrument.Name, []).Select(static tag => tag.Replace('.', '_')).ToHashSet(StringComparer.Ordinal);
            if (MeasuredMetrics.KindOf(instrument) == "histogram")
            {
                series[$"{name}_count"] = series[$"{name}_sum"] = labels;
                series[$"{name}_bucket"] = [.. labels, "le"];
            }

            series[name] = labels;
        }

        return series;
    }

    [GeneratedRegex("\\b(?:gen_ai|aiobs)_[a-z_]+")]
    private static partial Regex Series();

    [GeneratedRegex("\\bby \\(([^)]*)\\)")]
    private static partial Regex Grouping();

    [GeneratedRegex("[{,]\\s*([a-z_]+)\\s*(?:=|!=|=~|!~)\"")]
    private static partial Regex Filter();
}
