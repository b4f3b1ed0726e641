using AiObs.Cost;
using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>The list of traces.</summary>
internal static class TraceListPage
{
    private static readonly (TraceOrder Order, string Title)[] Orders =
        [(TraceOrder.Newest, "newest"), (TraceOrder.Slowest, "slowest"), (TraceOrder.MostTokens, "most tokens")];

    public static async Task<PageBody> ReadAsync(PageRequest page)
    {
        var query = page.Filter.ToTraceQuery(page.Now) with { Cursor = page.Query(FilterNames.Cursor) };
        var traces = await Panel.ReadAsync(page, stop => page.Sources.Traces.ListAsync(query, stop)).ConfigureAwait(false);
        var costs = await Panel.ReadAsync(page, stop => ReadCostsAsync(page, traces.Value, stop)).ConfigureAwait(false);
        return new("Traces", html =>
        {
            WriteOrders(html, page);
            Parts.Of(traces, list => WriteList(html, page, list, costs))(html);
        })
        {
            HasFilter = true,
        };
    }

    /// <summary>Writes the rows of traces; the same for a page, and for what a live list gets.</summary>
    public static void WriteRows(HtmlWriter html, PageRequest page, IEnumerable<TraceSummary> traces, Func<TraceSummary, string> cost)
    {
        foreach (var trace in traces)
        {
            html.Write($"""
                <tr id="t{trace.TraceId}">
                <td>{Parts.Time(trace.Time)}</td>
                <td class="wide"><a href="{page.Links.Trace(trace.TraceId)}"><bdi>{trace.Name}</bdi></a></td>
                <td>{Parts.Kind(trace.Kind)}</td>
                <td class="n">{Shown.Number(trace.CallCount)}</td>
                <td class="n">{Shown.Number(trace.ToolCount)}</td>
                <td class="n">{Shown.Tokens(trace.InputTokens, trace.OutputTokens)}</td>
                <td class="n">{cost(trace)}</td>
                <td class="n">{Shown.Duration(trace.Duration)}</td>
                <td>{StatusOf(trace)}</td>
                <td>{FilterLink(page, FilterNames.User, trace.UserId)}</td>
                </tr>
                """);
        }
    }

    /// <summary>A value that is a filter: its link shows what else has it.</summary>
    public static Action<HtmlWriter> FilterLink(PageRequest page, string name, string? value) => html =>
    {
        if (!string.IsNullOrEmpty(value))
        {
            html.Write($"""<a class="value" href="{page.Links.Page("traces", page.Filter.With(name, value))}"><bdi>{value}</bdi></a>""");
        }
    };

    private static async ValueTask<IReadOnlyDictionary<string, CostSum>> ReadCostsAsync(PageRequest page, TracePage? traces, CancellationToken stop)
    {
        var sums = new Dictionary<string, CostSum>(StringComparer.Ordinal);
        if (page.Sources.Costs is { } tracking && traces is not null)
        {
            foreach (var trace in traces.Traces)
            {
                sums[trace.TraceId] = await tracking.Store.SumAsync(new() { TraceId = trace.TraceId }, stop).ConfigureAwait(false);
            }
        }

        return sums;
    }

    private static void WriteOrders(HtmlWriter html, PageRequest page)
    {
        html.Write($"""<ul class="ranges" aria-label="Order">""");
        foreach (var (order, title) in Orders)
        {
            html.Write($"""<li><a href="{page.Links.Page("traces", page.Filter.With(order))}" aria-current="{(page.Filter.Order == order ? "true" : "false")}">{title}</a></li>""");
        }

        html.Write($"</ul>");
    }

    private static void WriteList(HtmlWriter html, PageRequest page, TracePage list, Panel<IReadOnlyDictionary<string, CostSum>> costs)
    {
        if (list.Traces.Count == 0)
        {
            Parts.Empty(
                "No trace here yet. Call your agent, choose a longer time, or take a filter away. Clients are observed once they have this line:",
                "builder.UseAgentObservability()")(html);
            return;
        }

        html.Write($"""
            <div class="scroll"><table class="list" data-live="{page.Links.Mount}/live{page.Filter.ToQuery()}">
            <thead><tr><th scope="col">Started</th><th scope="col">Name</th><th scope="col">Kind</th><th scope="col" class="n">Calls</th><th scope="col" class="n">Tools</th>
            <th scope="col" class="n">Tokens in / out</th><th scope="col" class="n">Cost (sum)</th><th scope="col" class="n">Duration</th><th scope="col">Status</th><th scope="col">User</th></tr></thead>
            <tbody>
            """);
        WriteRows(html, page, list.Traces, trace => CostOf(page, trace, costs));
        html.Write($"</tbody></table></div>");
        Parts.Of(costs, static _ => { })(html);
        html.Write($"""<nav class="pages" aria-label="Parts of the list">""");
        if (page.Query(FilterNames.Cursor) is not null)
        {
            html.Write($"""<a href="{page.Links.Page("traces", page.Filter)}">Back to the start</a>""");
        }

        if (list.NextCursor is { } cursor)
        {
            html.Write($"""<a rel="next" href="{page.Links.Page("traces")}{page.Filter.ToQuery(new KeyValuePair<string, string>(FilterNames.Cursor, cursor))}">Older</a>""");
        }

        html.Write($"<p>showing {list.Traces.Count}{Kept(page)}</p></nav>");
    }

    private static string CostOf(PageRequest page, TraceSummary trace, Panel<IReadOnlyDictionary<string, CostSum>> costs) =>
        trace.CallCount == 0 || page.Sources.Costs is null ? ""
        : costs.Value?.GetValueOrDefault(trace.TraceId) is { RecordCount: > 0 } sum ? Shown.Money(sum)
        : "";

    /// <summary>Says what a store in memory had no room for.</summary>
    private static string Kept(PageRequest page) => page.Sources.Traces is InMemoryTraceStore { DroppedTraceCount: > 0 } memory
        ? $"; the memory store dropped {Shown.Number(memory.DroppedTraceCount)} older ones (AddTraces(t => t.MaxTraces = …))"
        : "";

    private static Action<HtmlWriter> StatusOf(TraceSummary trace) => html =>
    {
        switch (trace.Status)
        {
            case TraceStatus.Error:
                html.Write($"""<span class="bad">error</span>""");
                break;
            case TraceStatus.Incomplete:
                html.Write($"""<span class="running">running</span>""");
                break;
            default:
                html.Write($"ok");
                break;
        }
    };
}
