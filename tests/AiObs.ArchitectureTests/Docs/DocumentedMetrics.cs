using System.Text.RegularExpressions;

namespace AiObs.ArchitectureTests.Docs;

/// <summary>
/// The page of metrics lists every metric that the code creates with every tag that it puts on one, and no other: a table row
/// <c>| `name` | profile | `tag`, `tag` | …</c> for each.
/// </summary>
internal static partial class DocumentedMetrics
{
    /// <summary>Returns where page and code differ.</summary>
    public static IEnumerable<string> Violations(IReadOnlySet<string> metrics, IReadOnlySet<string> tags, TextFile? page)
    {
        var rows = page is null ? [] : page.Lines.Select(static line => Row().Match(line)).Where(static match => match.Success).ToList();
        var listed = rows.Select(static row => row.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var tagged = rows.SelectMany(static row => Name().Matches(row.Groups[2].Value)).Select(static match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        return metrics.Except(listed).Select(static name => $"{name} is a metric and not on the page.")
            .Concat(listed.Except(metrics).Select(static name => $"{name} is on the page and no metric."))
            .Concat(tags.Except(tagged).Select(static name => $"{name} is a tag of metrics and on no row of the page."))
            .Concat(tagged.Except(tags).Select(static name => $"{name} is a tag on the page and on no metric."))
            .Order(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^\|\s*`([a-z_]+\.[^`]+)`\s*\|[^|]*\|([^|]*)\|[^|]+\|")]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
