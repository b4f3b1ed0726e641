using AiObs.Dashboard.Charts;
using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Latency;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Dashboard.Traces;
using AiObs.Store;

namespace AiObs.Dashboard.Tools;

/// <summary>Tools, those with the most calls first.</summary>
internal static class ToolTable
{
    private const int MostRows = 100;

    /// <summary>Writes the table.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="page">The request.</param>
    /// <param name="groups">The durations of calls, by tool.</param>
    /// <param name="traces">The traces that used them; empty where that could not be read.</param>
    public static void Write(HtmlWriter html, PageRequest page, IReadOnlyList<LatencyGroup> groups, IReadOnlyList<FacetCount> traces)
    {
        if (groups.Count == 0)
        {
            Parts.Empty("No tool was called here. Tools are seen where the client that invokes them is observed; others once they are wrapped with this line:", "function.Observed(observability)")(html);
            return;
        }

        var shown = groups.Take(MostRows).ToArray();
        var scale = StripScale.Of(shown.Select(static group => group.Histogram));
        var uses = traces.ToDictionary(static facet => facet.Value, StringComparer.Ordinal);
        html.Write($"""
            <div class="scroll"><table class="list">
            <thead><tr><th scope="col">Tool</th>{LatencyTable.Heads()}<th scope="col" class="n">Traces</th><th scope="col">Last used</th><th scope="col">Example</th></tr></thead>
            <tbody>
            """);
        foreach (var group in shown)
        {
            var name = LatencyBy.Tool.NameOf(group);
            html.Write($"""<tr><th scope="row">{Head(page, group)}</th>{LatencyTable.Numbers(name, group.Histogram, scale)}{Use(page, group.Key is null ? null : uses.GetValueOrDefault(group.Key))}</tr>""");
        }

        html.Write($"</tbody></table></div>");
        BucketStrip.WriteTable(html, "Tool", shown.Select(static group => (LatencyBy.Tool.NameOf(group), group.Histogram)), scale);
        if (groups.Count > MostRows)
        {
            html.Write($"""<p class="hint">Showing the {MostRows} with the most calls of {Shown.Number(groups.Count)}.</p>""");
        }
    }

    private static Action<HtmlWriter> Head(PageRequest page, LatencyGroup group) =>
        group.Key is { } key ? TraceRows.FilterLink(page, FilterNames.Tool, key) : html => html.Write($"{LatencyBy.Tool.NameOf(group)}");

    private static Action<HtmlWriter> Use(PageRequest page, FacetCount? use) => html =>
    {
        if (use is null)
        {
            html.Write($"<td></td><td></td><td></td>");
        }
        else
        {
            html.Write($"""<td class="n">{Shown.Number(use.TraceCount)}</td><td>{Parts.Time(use.LastTime)}</td><td><a href="{page.Links.Trace(use.LastTraceId)}">latest trace</a></td>""");
        }
    };
}
