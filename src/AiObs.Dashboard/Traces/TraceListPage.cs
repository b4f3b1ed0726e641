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
        var traces = await Panel.ReadAsync(page, stop => ReadAsync(page, stop)).ConfigureAwait(false);
        return new("Traces", html =>
        {
            WriteOrders(html, page);
            Parts.Of(traces, (_, list) => WriteList(html, page, list))(html);
        })
        {
            HasFilter = true,
        };
    }

    /// <summary>Reads a part of the list. Where nothing computes costs, traces have none.</summary>
    private static async ValueTask<PricedTracePage> ReadAsync(PageRequest page, CancellationToken stop)
    {
        var query = page.Filter.Pinned(page.Now).ToPricedTraceQuery(page.Now);
        query = query with { Traces = query.Traces with { Cursor = page.Query(FilterNames.Cursor) } };
        if (page.Sources.Observability.PricedTraces is { } priced)
        {
            return await priced.ListAsync(query, stop).ConfigureAwait(false);
        }

        var traces = await page.Sources.Traces.ListAsync(query.Traces, stop).ConfigureAwait(false);
        return new([.. traces.Traces.Select(static trace => new PricedTrace(trace, CostSum.Zero))], traces.NextCursor);
    }

    private static void WriteOrders(HtmlWriter html, PageRequest page)
    {
        html.Write($"""<ul class="ranges" aria-label="Order">""");
        foreach (var (order, title) in Orders)
        {
            html.Write($"""<li><a href="{page.Links.Page("traces", page.Filter.With(order))}" aria-current="{(page.Filter.Order == order && !page.Filter.IsDearestFirst ? "true" : "false")}">{title}</a></li>""");
        }

        if (page.Sources.Costs is not null)
        {
            html.Write($"""<li><a href="{page.Links.Page("traces", page.Filter.DearestFirst())}" aria-current="{(page.Filter.IsDearestFirst ? "true" : "false")}">dearest</a></li>""");
        }

        html.Write($"</ul>");
    }

    private static void WriteList(HtmlWriter html, PageRequest page, PricedTracePage list)
    {
        var running = page.Query(FilterNames.Cursor) is null ? RunningTraces.Of(page, list.Traces) : [];
        var isLive = page.Filter is { Order: TraceOrder.Newest, IsDearestFirst: false } && page.Query(FilterNames.Cursor) is null;
        html.Write($"""
            <div class="live" data-live="{(isLive ? page.Links.Page("live", page.Filter) : "")}" hidden><button type="button" data-pause>Pause</button> <button type="button" data-new hidden></button></div>
            """);
        if (list.Traces.Count == 0 && running.Count == 0)
        {
            Parts.Empty(
                "No trace here yet. Call your agent, choose a longer time, or take a filter away. Clients are observed once they have this line:",
                Parts.ObserveCode)(html);
            return;
        }

        html.Write($"""
            <div class="scroll"><table class="list traces">
            <thead><tr><th scope="col"><span class="visually-hidden">Choose</span></th><th scope="col">Started</th><th scope="col">Name</th><th scope="col">Kind</th><th scope="col" class="n">Calls</th><th scope="col" class="n">Tools</th>
            <th scope="col" class="n">Tokens in / out</th><th scope="col" class="n">Cost (sum)</th><th scope="col" class="n">Duration</th><th scope="col">Status</th><th scope="col">User</th></tr></thead>
            <tbody>
            """);
        TraceRows.Write(html, page, [.. running, .. list.Traces]);
        html.Write($"""</tbody></table></div><form id="compare" method="get" action="{page.Links.Page("compare")}"><button type="submit">Compare the two chosen</button></form><nav class="pages" aria-label="Parts of the list">""");
        if (page.Query(FilterNames.Cursor) is not null)
        {
            html.Write($"""<a href="{page.Links.Page("traces", page.Filter)}">Back to the start</a>""");
        }

        if (list.NextCursor is { } cursor)
        {
            html.Write($"""<a rel="next" href="{page.Links.Page("traces")}{page.Filter.Pinned(page.Now).ToQuery(new KeyValuePair<string, string>(FilterNames.Cursor, cursor))}">Older</a>""");
        }

        html.Write($"<p>showing {list.Traces.Count}{Dropped(page)}</p></nav>");
    }

    /// <summary>Says what a store in memory had no room for.</summary>
    private static string Dropped(PageRequest page) => page.Sources.Traces is InMemoryTraceStore { DroppedTraceCount: > 0 } memory
        ? $"; the memory store dropped {Shown.Number(memory.DroppedTraceCount)} older ones (AddTraces(t => t.MaxTraces = …))"
        : "";
}
