using AiObs.Cost;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Traces;

/// <summary>Two traces side by side: what each took and cost, and span by span where they differ.</summary>
internal static class ComparePage
{
    private const int MostPairs = 500;
    private const int MostIndents = 24;

    /// <summary>Compares the two traces that were chosen in the list.</summary>
    public static Task<PageBody> ReadChosenAsync(PageRequest page, TraceReader reader) => page.Http.Request.Query["trace"] is [{ } left, { } right]
        ? ReadAsync(page, reader, left, right)
        : Task.FromResult(new PageBody("Compare two traces", Parts.Empty("Choose two traces in the list, then compare them.")));

    public static async Task<PageBody> ReadAsync(PageRequest page, TraceReader reader, string leftId, string rightId)
    {
        var left = await SideAsync(page, reader, leftId).ConfigureAwait(false);
        var right = await SideAsync(page, reader, rightId).ConfigureAwait(false);
        if (left is { Value: null, Fault: null } || right is { Value: null, Fault: null })
        {
            return TracePages.NotFound("One of these traces");
        }

        return new("Compare two traces", Parts.Of(left, (html, one) => Parts.Of(right, (_, other) => Write(html, page, one!, other!))(html)));
    }

    private static Task<Panel<ComparedTrace?>> SideAsync(PageRequest page, TraceReader reader, string traceId) => Panel.ReadAsync(page, async stop =>
        await page.Sources.Traces.FindAsync(traceId, stop).ConfigureAwait(false) is { } trace
            ? new ComparedTrace(
                trace,
                await reader.ReadTreeAsync(page, trace, stop).ConfigureAwait(false),
                await TraceReader.ReadCostsAsync(page, traceId, stop).ConfigureAwait(false))
            : null);

    private static void Write(HtmlWriter html, PageRequest page, ComparedTrace left, ComparedTrace right)
    {
        html.Write($"""
            <div class="scroll"><table class="list"><thead><tr><td></td><th scope="col" class="n"><a href="{page.Links.Trace(left.Trace.TraceId)}"><bdi>{left.Trace.Name}</bdi></a><br>{Parts.Time(left.Trace.Time)}</th>
            <th scope="col" class="n"><a href="{page.Links.Trace(right.Trace.TraceId)}"><bdi>{right.Trace.Name}</bdi></a><br>{Parts.Time(right.Trace.Time)}</th><th scope="col" class="n">Difference</th></tr></thead><tbody>
            """);
        WriteFact(html, "Duration", Shown.Duration(left.Trace.Duration), Shown.Duration(right.Trace.Duration), Signed(right.Trace.Duration - left.Trace.Duration));
        WriteFact(html, "Spans", left.Trace.SpanCount, right.Trace.SpanCount);
        WriteFact(html, "Model calls", left.Trace.CallCount, right.Trace.CallCount);
        WriteFact(html, "Tool calls", left.Trace.ToolCount, right.Trace.ToolCount);
        WriteFact(html, "Input tokens", left.Trace.InputTokens ?? 0, right.Trace.InputTokens ?? 0);
        WriteFact(html, "Output tokens", left.Trace.OutputTokens ?? 0, right.Trace.OutputTokens ?? 0);
        WriteFact(html, "Errors", left.Trace.ErrorCount, right.Trace.ErrorCount);
        if (page.Sources.Costs is not null)
        {
            WriteFact(html, "Cost (sum of leaf calls)", Shown.Money(left.Sum), Shown.Money(right.Sum), Signed(left.Sum, right.Sum));
        }

        html.Write($"</tbody></table></div><h2>Span by span</h2>");
        WritePairs(html, left, right);
    }

    private static void WritePairs(HtmlWriter html, ComparedTrace left, ComparedTrace right)
    {
        var pairs = TraceComparison.Of(left.Tree, right.Tree);
        html.Write($"""
            <div class="scroll"><table class="list"><thead><tr><th scope="col">Span</th><th scope="col" class="n">Left</th><th scope="col" class="n">Right</th><th scope="col" class="n">Difference</th>
            <th scope="col" class="n">Cost left</th><th scope="col" class="n">Cost right</th></tr></thead><tbody>
            """);
        foreach (var (depth, one, other) in pairs.Take(MostPairs))
        {
            var span = one ?? other!;
            html.Write($"""
                <tr class="{(one is null || other is null ? "alone" : "")}"><td class="d{Math.Min(depth, MostIndents)}">{Parts.Kind(span.Kind)} <bdi>{span.Name}</bdi></td>
                <td class="n">{(one is null ? "not there" : Shown.Duration(one.Duration))}</td><td class="n">{(other is null ? "not there" : Shown.Duration(other.Duration))}</td>
                <td class="n">{(one is null || other is null ? "" : Signed(other.Duration - one.Duration))}</td>
                <td class="n">{left.CostOf(one)}</td><td class="n">{right.CostOf(other)}</td></tr>
                """);
        }

        html.Write($"</tbody></table></div>");
        if (pairs.Count > MostPairs)
        {
            html.Write($"""<p class="hint">The first {MostPairs} of {Shown.Number(pairs.Count)} pairs.</p>""");
        }
    }

    private static void WriteFact(HtmlWriter html, string name, long left, long right) =>
        WriteFact(html, name, Shown.Number(left), Shown.Number(right), right == left ? "" : (right > left ? "+" : "−") + Shown.Number(Math.Abs(right - left)));

    private static void WriteFact(HtmlWriter html, string name, string left, string right, string difference) =>
        html.Write($"""<tr><th scope="row">{name}</th><td class="n">{left}</td><td class="n">{right}</td><td class="n">{difference}</td></tr>""");

    private static string Signed(TimeSpan difference) =>
        difference == TimeSpan.Zero ? "" : (difference > TimeSpan.Zero ? "+" : "−") + Shown.Duration(difference.Duration());

    /// <summary>The difference of two amounts; none where something in them has no price.</summary>
    private static string Signed(CostSum left, CostSum right) =>
        left.UnpricedCount > 0 || right.UnpricedCount > 0 || left.Total == right.Total ? "" : (right.Total > left.Total ? "+" : "−") + Shown.Money(Math.Abs(right.Total - left.Total));
}
