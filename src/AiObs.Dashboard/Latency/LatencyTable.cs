using AiObs.Dashboard.Charts;
using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Latency;

/// <summary>Percentiles of groups, those with the most durations first.</summary>
internal static class LatencyTable
{
    private const int MostRows = 100;

    public static void Write(HtmlWriter html, PageRequest page, LatencyBy by, IReadOnlyList<LatencyGroup> groups, LatencyGroup? chosen)
    {
        if (groups.Count == 0)
        {
            Parts.Empty($"No {by.Measured} here. Choose a longer time, or take a filter away. Clients are observed once they have this line:", Parts.ObserveCode)(html);
            return;
        }

        var shown = groups.Take(MostRows).ToArray();
        var scale = StripScale.Of(shown.Select(static group => group.Histogram));
        html.Write($"""
            <div class="scroll"><table class="list">
            <thead><tr><th scope="col">{by.Title}</th>{Heads()}{(HasTraces(by) ? TracesHead : null)}</tr></thead>
            <tbody>
            """);
        foreach (var group in shown)
        {
            html.Write($"""<tr aria-current="{(group == chosen ? "true" : "false")}"><th scope="row">{Head(page, by, group)}</th>{Numbers(by.NameOf(group), group.Histogram, scale)}{(HasTraces(by) ? Traces(page, by, group) : null)}</tr>""");
        }

        html.Write($"</tbody></table></div>");
        BucketStrip.WriteTable(html, by.Title, shown.Select(group => (by.NameOf(group), group.Histogram)), scale);
        if (groups.Count > MostRows)
        {
            html.Write($"""<p class="hint">Showing the {MostRows} with the most of {Shown.Number(groups.Count)}.</p>""");
        }
    }

    /// <summary>The heads of the columns that <see cref="Numbers"/> fills.</summary>
    public static Action<HtmlWriter> Heads() => static html => html.Write($"""
        <th scope="col" class="n">Count</th><th scope="col" class="n">Failed</th><th scope="col" class="n">p50</th><th scope="col" class="n">p95</th><th scope="col" class="n">p99</th><th scope="col" class="n">Max</th><th scope="col">Spread</th>
        """);

    /// <summary>The numbers of a histogram as cells.</summary>
    public static Action<HtmlWriter> Numbers(string name, LatencyHistogram histogram, StripScale scale) => html => html.Write($"""
        <td class="n">{Shown.Number(histogram.Count)}</td><td class="n">{Failed(histogram)}</td>
        <td class="n">{Shown.Duration(histogram.Percentile(0.5))}</td><td class="n">{Shown.Duration(histogram.Percentile(0.95))}</td><td class="n">{Shown.Duration(histogram.Percentile(0.99))}</td><td class="n">{Shown.Duration(histogram.Max)}</td>
        <td>{BucketStrip.Of(name, histogram, scale)}</td>
        """);

    /// <summary>Writes how many failed, and what part of all that is.</summary>
    public static string Failed(LatencyHistogram histogram) =>
        histogram.ErrorCount == 0 ? "0" : $"{Shown.Number(histogram.ErrorCount)} ({Shown.Share((double)histogram.ErrorCount / histogram.Count)})";

    /// <summary>A name leads to its lines.</summary>
    private static Action<HtmlWriter> Head(PageRequest page, LatencyBy by, LatencyGroup group) => html =>
    {
        if (group.Key is not { } key)
        {
            html.Write($"{by.NameOf(group)}");
            return;
        }

        var query = page.Filter.ToQuery(new KeyValuePair<string, string>(LatencyPage.Of, key));
        html.Write($"""<a class="value" href="{page.Links.Page("latency")}{query}"><bdi>{by.NameOf(group)}</bdi></a>""");
    };

    /// <summary>Tells whether traces can be filtered by what is told apart.</summary>
    private static bool HasTraces(LatencyBy by) => PageFilter.ValueNames.Contains(by.Name, StringComparer.Ordinal);

    private static void TracesHead(HtmlWriter html) => html.Write($"""<th scope="col">Traces</th>""");

    private static Action<HtmlWriter> Traces(PageRequest page, LatencyBy by, LatencyGroup group) => html =>
    {
        if (group.Key is { } key and not LatencyGroup.Other)
        {
            html.Write($"""<td><a href="{page.Links.Page("traces", page.Filter.With(by.Name, key).With(TraceOrder.Slowest).ToldApartBy(null))}">slowest</a></td>""");
        }
        else
        {
            html.Write($"<td></td>");
        }
    };
}
