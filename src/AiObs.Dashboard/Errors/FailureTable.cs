using AiObs.Dashboard.Html;
using AiObs.Dashboard.Latency;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Dashboard.Traces;
using AiObs.Store;

namespace AiObs.Dashboard.Errors;

/// <summary>What part of calls failed, those with the most failures first.</summary>
internal static class FailureTable
{
    private const int MostRows = 50;

    public static void Write(HtmlWriter html, PageRequest page, LatencyBy by, IReadOnlyList<LatencyGroup> groups)
    {
        var failed = groups.Where(static group => group.Histogram.ErrorCount > 0)
            .OrderByDescending(static group => group.Histogram.ErrorCount)
            .ThenBy(static group => group.Key, StringComparer.Ordinal)
            .Take(MostRows)
            .ToArray();
        if (failed.Length == 0)
        {
            Parts.Empty($"None of {Shown.Number(groups.Sum(static group => group.Histogram.Count))} {by.Measured} failed.")(html);
            return;
        }

        html.Write($"""
            <table class="list">
            <thead><tr><th scope="col">{by.Title}</th><th scope="col" class="n">Failed</th><th scope="col" class="n">Calls</th><th scope="col" class="n">Rate</th></tr></thead>
            <tbody>
            """);
        foreach (var group in failed)
        {
            html.Write($"""
                <tr><th scope="row">{Head(page, by, group)}</th><td class="n">{Shown.Number(group.Histogram.ErrorCount)}</td><td class="n">{Shown.Number(group.Histogram.Count)}</td>
                <td class="n">{Shown.Share((double)group.Histogram.ErrorCount / group.Histogram.Count)}</td></tr>
                """);
        }

        html.Write($"</tbody></table>");
    }

    private static Action<HtmlWriter> Head(PageRequest page, LatencyBy by, LatencyGroup group) =>
        group.Key is { } key ? TraceRows.FilterLink(page, by.Name, key) : html => html.Write($"{by.NameOf(group)}");
}
