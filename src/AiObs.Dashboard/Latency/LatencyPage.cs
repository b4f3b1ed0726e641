using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Store;

namespace AiObs.Dashboard.Latency;

/// <summary>How long operations took: percentiles over time, and by what they are told apart.</summary>
internal static class LatencyPage
{
    /// <summary>The name in the address of the group whose lines are drawn.</summary>
    public const string Of = "of";

    public static async Task<PageBody> ReadAsync(PageRequest page)
    {
        var by = Choice.Of(page, LatencyBy.All, static by => by.Name);
        var groups = await Panel.ReadAsync(page, stop => LatencyReader.ReadAsync(page, by, stop)).ConfigureAwait(false);
        var chosen = ChosenOf(page, groups.Value);
        var lines = await Panel.ReadAsync(page, stop => LatencyLines.ReadAsync(page, by, chosen, stop)).ConfigureAwait(false);
        return new("Latency", html =>
        {
            Choice.Write(html, page, "latency", LatencyBy.All.Select(static by => by.Name), by.Name);
            html.Write($"""<p class="hint">{LatencyReader.SourceOf(page)}</p>""");
            FilterRemark.Write(html, page, LatencyReader.FilterNamesKept, "Durations");
            if (chosen is not null)
            {
                html.Write($"""<h2>p50, p95 and p99 of <bdi>{by.NameOf(chosen)}</bdi></h2>""");
                Parts.Of(lines, series => LatencyLines.Write(html, page, by, chosen, series))(html);
            }

            Parts.Of(groups, rows => LatencyTable.Write(html, page, by, rows, chosen))(html);
        })
        {
            HasFilter = true,
        };
    }

    /// <summary>Returns the group whose lines are drawn: the one of the address, else the one with the most durations.</summary>
    private static LatencyGroup? ChosenOf(PageRequest page, IReadOnlyList<LatencyGroup>? groups) =>
        groups is { Count: > 0 } ? groups.FirstOrDefault(group => group.Key is not null && group.Key == page.Query(Of)) ?? groups[0] : null;
}
