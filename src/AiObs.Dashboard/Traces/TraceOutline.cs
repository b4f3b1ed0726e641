using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Traces;

/// <summary>The tree of a trace where nothing can be asked for: each name leads to its span in the same file.</summary>
internal static class TraceOutline
{
    private const int MostIndents = 24;

    public static void Write(HtmlWriter html, TraceTree tree, IReadOnlyDictionary<string, SpanCost>? costs)
    {
        html.Write($"""
            <div class="scroll"><table class="tree"><thead><tr><th scope="col">Span</th><th scope="col" class="n">Tokens</th><th scope="col" class="n">Cost</th><th scope="col" class="n">Duration</th>
            <th scope="col">Timeline</th></tr></thead><tbody>
            """);
        foreach (var row in tree.Rows)
        {
            var span = row.Span;
            html.Write($"""
                <tr><td class="name d{Math.Min(row.Depth, MostIndents)}">{Parts.Kind(span.Kind)} <a data-choose href="#s{span.SpanId}"><bdi>{span.Name}</bdi></a></td>
                <td class="n">{Shown.Tokens(span.InputTokens, span.OutputTokens)}</td><td class="n">{(costs?.GetValueOrDefault(span.SpanId) is { } cost ? Shown.Money(cost.Sum) : "")}</td>
                <td class="n">{Shown.Duration(span.Duration)}</td><td class="line">{SpanBar.Of(span, tree.Start, tree.Length)}</td></tr>
                """);
        }

        html.Write($"</tbody></table></div>");
    }
}
