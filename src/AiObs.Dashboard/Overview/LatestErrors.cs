using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Dashboard.Traces;
using AiObs.Store;

namespace AiObs.Dashboard.Overview;

/// <summary>The types of errors that were seen last.</summary>
internal static class LatestErrors
{
    private const int Count = 5;

    public static void Write(HtmlWriter html, PageRequest page, IReadOnlyList<FacetCount> types)
    {
        if (types.Count == 0)
        {
            Parts.Empty("Nothing failed in this time.")(html);
            return;
        }

        html.Write($"""<div class="scroll"><table class="list"><thead><tr><th scope="col">Error type</th><th scope="col" class="n">Traces</th><th scope="col">Last seen</th><th scope="col">Example</th></tr></thead><tbody>""");
        foreach (var type in types.OrderByDescending(static type => type.LastTime).Take(Count))
        {
            html.Write($"""
                <tr><th scope="row">{TraceRows.FilterLink(page, FilterNames.Error, type.Value)}</th><td class="n">{Shown.Number(type.TraceCount)}</td>
                <td>{Parts.Time(type.LastTime)}</td><td><a href="{page.Links.Trace(type.LastTraceId)}">trace</a></td></tr>
                """);
        }

        html.Write($"</tbody></table></div>");
    }
}
