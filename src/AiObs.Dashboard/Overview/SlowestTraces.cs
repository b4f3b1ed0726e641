using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Overview;

/// <summary>The traces that took longest.</summary>
internal static class SlowestTraces
{
    public const int Count = 5;

    public static void Write(HtmlWriter html, PageRequest page, TracePage list)
    {
        if (list.Traces.Count == 0)
        {
            Parts.Empty("No trace in this time. Clients are observed once they have this line:", Parts.ObserveCode)(html);
            return;
        }

        html.Write($"""<div class="scroll"><table class="list"><thead><tr><th scope="col">Name</th><th scope="col" class="n">Duration</th><th scope="col" class="n">Calls</th><th scope="col">Started</th></tr></thead><tbody>""");
        foreach (var trace in list.Traces)
        {
            html.Write($"""
                <tr><th scope="row"><a href="{page.Links.Trace(trace.TraceId)}"><bdi>{trace.Name}</bdi></a></th><td class="n">{Shown.Duration(trace.Duration)}</td><td class="n">{Shown.Number(trace.CallCount)}</td><td>{Parts.Time(trace.Time)}</td></tr>
                """);
        }

        html.Write($"</tbody></table></div>");
    }
}
