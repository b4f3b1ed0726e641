using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
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
            TraceFacts.Write(html, page, trace, costs);
            TraceFacts.WriteContext(html, page, trace);
            WriteTabs(html, page, trace, view);
            tab(html);
        });
    }

    private static void WriteTabs(HtmlWriter html, PageRequest page, TraceSummary trace, string view)
    {
        html.Write($"""<ul class="tabs" aria-label="Views">""");
        foreach (var (name, title) in Tabs)
        {
            html.Write($"""<li><a href="{page.Links.Trace(trace.TraceId, name == Tree ? null : "?view=" + name)}" {new HtmlFlag("aria-current=\"page\"", name == view)}>{title}</a></li>""");
        }

        html.Write($"""<li class="files"><a href="{page.Links.Export(trace.TraceId, "html")}" download>Export HTML</a></li><li><a href="{page.Links.Export(trace.TraceId, "json")}" download>JSON</a></li></ul>""");
    }
}
