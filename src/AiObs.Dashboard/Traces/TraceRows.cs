using AiObs.Cost;
using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>Writes the rows of traces: the same for a page, and for what a live list gets.</summary>
internal static class TraceRows
{
    public static void Write(HtmlWriter html, PageRequest page, IEnumerable<PricedTrace> traces)
    {
        foreach (var (trace, cost) in traces)
        {
            html.Write($"""
                <tr id="t{trace.TraceId}">
                <td><input type="checkbox" name="trace" value="{trace.TraceId}" form="compare" aria-label="Choose {trace.Name} to compare"></td>
                <td>{Parts.Time(trace.Time)}</td>
                <td class="wide"><a href="{page.Links.Trace(trace.TraceId)}"><bdi>{trace.Name}</bdi></a></td>
                <td>{Parts.Kind(trace.Kind)}</td>
                <td class="n">{Shown.Number(trace.CallCount)}</td>
                <td class="n">{Shown.Number(trace.ToolCount)}</td>
                <td class="n">{Shown.Tokens(trace.InputTokens, trace.OutputTokens)}</td>
                <td class="n">{CostOf(page, trace, cost)}</td>
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

    private static Action<HtmlWriter> CostOf(PageRequest page, TraceSummary trace, CostSum cost) => html =>
    {
        // A trace whose calls were never priced has no record at all: that is no zero.
        if (cost.RecordCount > 0)
        {
            html.Write($"{Shown.Money(cost)}");
        }
        else if (trace.CallCount > 0 && page.Sources.Costs is not null)
        {
            html.Write($"""<span class="hint">none</span>""");
        }
    };

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
