using AiObs.Cost;
using AiObs.Dashboard.Charts;
using AiObs.Dashboard.Costs;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Latency;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Overview;

/// <summary>The numbers at the top.</summary>
internal static class OverviewFacts
{
    /// <summary>Writes how many model calls there were, how many failed, and how long they took.</summary>
    public static void WriteCalls(HtmlWriter html, PageRequest page, IReadOnlyList<LatencyGroup> groups)
    {
        var calls = groups.Aggregate(LatencyHistogram.Empty, static (sum, group) => sum.Add(group.Histogram));
        html.Write($"""
            <dl class="facts">
            {Parts.Fact("Model calls", Shown.Number(calls.Count))}
            {Parts.Fact("Failed", LatencyTable.Failed(calls), isBad: calls.ErrorCount > 0)}
            {Parts.Fact("p50", calls.Count == 0 ? "none" : Shown.Duration(calls.Percentile(0.5)))}
            {Parts.Fact("p95", calls.Count == 0 ? "none" : Shown.Duration(calls.Percentile(0.95)))}
            {Parts.Fact("Max", calls.Count == 0 ? "none" : Shown.Duration(calls.Max))}
            </dl>
            <p class="hint">{LatencyReader.SourceOf(page)}</p>
            """);
    }

    /// <summary>Writes what priced calls cost and took, and how that came about.</summary>
    public static void WriteCosts(HtmlWriter html, PageRequest page, IReadOnlyList<CostInterval> series)
    {
        var sum = series.Aggregate(CostSum.Zero, static (sum, part) => sum.Add(part.Sum));
        var interval = CostChart.IntervalOf(page);
        var by = ChartTimes.Name(interval);
        html.Write($"""
            <dl class="facts">
            {Parts.Fact("Cost (sum of leaf calls)", Shown.Money(sum))}
            <div class="fact"><dt>Priced calls</dt><dd>{Shown.Number(sum.CallCount)} {Sparkline.Of($"Calls by {by}", [.. series.Select(static part => (double)part.Sum.CallCount)])}</dd></div>
            <div class="fact"><dt>Tokens in / out</dt><dd>{Shown.Tokens(sum.InputTokens, sum.OutputTokens)} {Sparkline.Of($"Tokens by {by}", [.. series.Select(static part => (double)part.Sum.InputTokens + part.Sum.OutputTokens)])}</dd></div>
            </dl>
            """);
        ChartTable.Write(
            html,
            ["Time (UTC)", "Calls", "Input tokens", "Output tokens"],
            series.Select(part => (
                (Action<HtmlWriter>)(head => head.Write($"{ChartTimes.Long(part.Start, interval)}")),
                (IEnumerable<string>)[Shown.Number(part.Sum.CallCount), Shown.Number(part.Sum.InputTokens), Shown.Number(part.Sum.OutputTokens)])),
            "Show calls and tokens as table");
    }
}
