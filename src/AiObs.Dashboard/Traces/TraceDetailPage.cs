using AiObs.Cost;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>A trace: its facts, and one of the ways to look at it.</summary>
internal static class TraceDetailPage
{
    private const string Tree = "tree";

    private static readonly (string View, string Title)[] Tabs = [(Tree, "Tree"), ("chat", "Chat"), ("costs", "Costs"), ("events", "Events"), ("raw", "Raw")];

    public static async Task<PageBody> ReadAsync(PageRequest page, TraceReader reader)
    {
        var found = await Panel.ReadAsync(page, stop => page.Sources.Traces.FindAsync(page.Route("id"), stop)).ConfigureAwait(false);
        if (found.Fault is { } fault)
        {
            return new("Trace", Parts.Fault(fault));
        }

        if (found.Value is not { } trace)
        {
            return TracePages.NotFound("This trace");
        }

        var costs = await Panel.ReadAsync(page, stop => TraceReader.ReadCostsAsync(page, trace.TraceId, stop)).ConfigureAwait(false);
        var view = page.Query("view") is { } wanted && Array.Exists(Tabs, tab => tab.View == wanted) ? wanted : Tree;
        var tab = view switch
        {
            "chat" => await ChatTab.ReadAsync(page, trace, costs.Value).ConfigureAwait(false),
            "costs" => CostsTab.Of(page, costs),
            "events" => await EventsTab.ReadAsync(page, trace).ConfigureAwait(false),
            "raw" => await RawTab.ReadAsync(page, trace).ConfigureAwait(false),
            _ => await TreeTab.ReadAsync(page, trace, reader, costs).ConfigureAwait(false),
        };
        return new(trace.Name, html =>
        {
            WriteFacts(html, page, trace, costs);
            WriteTabs(html, page, trace, view);
            tab(html);
        });
    }

    private static void WriteFacts(HtmlWriter html, PageRequest page, TraceSummary trace, Panel<IReadOnlyDictionary<string, SpanCost>> costs)
    {
        var sum = costs.Value?.Values.Aggregate(CostSum.Zero, static (sum, cost) => sum.Add(cost.Sum));
        html.Write($"""
            <dl class="facts">
            <div class="fact"><dt>Started</dt><dd>{Parts.Time(trace.Time)}</dd></div>
            {Parts.Fact("Duration", Shown.Duration(trace.Duration))}
            {Parts.Fact("Spans", Shown.Number(trace.SpanCount))}
            {Parts.Fact("Model calls", Shown.Number(trace.CallCount))}
            {Parts.Fact("Tokens in / out", Shown.Tokens(trace.InputTokens, trace.OutputTokens))}
            """);
        if (page.Sources.Costs is not null)
        {
            html.Write($"""{Parts.Fact("Cost (sum of leaf calls)", sum is { RecordCount: > 0 } ? Shown.Money(sum) : "none")}""");
        }

        html.Write($"""{Parts.Fact("Errors", Shown.Number(trace.ErrorCount), isBad: trace.ErrorCount > 0)}""");
        WriteContext(html, page, trace);
        html.Write($"</dl>");
    }

    private static void WriteContext(HtmlWriter html, PageRequest page, TraceSummary trace)
    {
        if (trace.UserId is { } user)
        {
            html.Write($"""<div class="fact"><dt>User</dt><dd>{TraceListPage.FilterLink(page, Filters.FilterNames.User, user)}</dd></div>""");
        }

        if (trace.ConversationId is { } conversation)
        {
            html.Write($"""<div class="fact"><dt>Conversation</dt><dd><a href="{page.Links.Conversation(conversation)}"><bdi>{conversation}</bdi></a></dd></div>""");
        }
    }

    private static void WriteTabs(HtmlWriter html, PageRequest page, TraceSummary trace, string view)
    {
        html.Write($"""<ul class="tabs" aria-label="Views">""");
        foreach (var (name, title) in Tabs)
        {
            html.Write($"""<li><a href="{page.Links.Trace(trace.TraceId, name == Tree ? null : "?view=" + name)}" {new HtmlFlag("aria-current=\"page\"", name == view)}>{title}</a></li>""");
        }

        html.Write($"</ul>");
    }
}
