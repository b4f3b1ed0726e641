using AiObs.Cost;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>The numbers of a trace, at the top of its pages.</summary>
internal static class TraceFacts
{
    public static void Write(HtmlWriter html, PageRequest page, TraceSummary trace, Panel<IReadOnlyDictionary<string, SpanCost>> costs)
    {
        var sum = costs.Value?.Values.Aggregate(CostSum.Zero, static (sum, cost) => sum.Add(cost.Sum));
        html.Write($"""
            <dl class="facts">
            <div class="fact"><dt>Started</dt><dd>{Parts.Time(trace.Time)}</dd></div>
            {Parts.Fact("Duration", Shown.Duration(trace.Duration))}
            {Parts.Fact("Spans", Shown.Number(trace.SpanCount))}
            {Parts.Fact("Model calls", Shown.Number(trace.CallCount))}
            {Parts.Fact("Tokens in / out", Shown.Tokens(trace.InputTokens, trace.OutputTokens) is { Length: > 0 } tokens ? tokens : "none")}
            """);
        if (page.Sources.Costs is not null)
        {
            html.Write($"""{Parts.Fact("Cost (sum of leaf calls)", sum is { RecordCount: > 0 } ? Shown.Money(sum) : "none")}""");
        }

        html.Write($"""{Parts.Fact("Errors", Shown.Number(trace.ErrorCount), isBad: trace.ErrorCount > 0)}""");
        html.Write($"</dl>");
    }

    /// <summary>Writes for whom the trace is, with links to what else is.</summary>
    public static void WriteContext(HtmlWriter html, PageRequest page, TraceSummary trace)
    {
        html.Write($"""<dl class="facts">""");
        if (trace.UserId is { } user)
        {
            html.Write($"""<div class="fact"><dt>User</dt><dd>{TraceRows.FilterLink(page, Filters.FilterNames.User, user)}</dd></div>""");
        }

        if (trace.ConversationId is { } conversation)
        {
            html.Write($"""<div class="fact"><dt>Conversation</dt><dd><a href="{page.Links.Conversation(conversation)}"><bdi>{conversation}</bdi></a></dd></div>""");
        }

        html.Write($"</dl>");
    }
}
