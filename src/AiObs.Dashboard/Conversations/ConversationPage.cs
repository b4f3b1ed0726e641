using AiObs.Cost;
using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Messages;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Dashboard.Traces;
using AiObs.Operations;
using AiObs.Store;

namespace AiObs.Dashboard.Conversations;

/// <summary>A conversation over all of its traces, as a chat.</summary>
internal static class ConversationPage
{
    private const int MostCalls = 100;

    public static async Task<PageBody> ReadAsync(PageRequest page)
    {
        var id = page.Query("id") ?? string.Empty;
        var calls = await Panel.ReadAsync(page, stop => page.Sources.Traces.ListSpansAsync(
            new() { ConversationId = id, Kind = OperationKind.Chat, Detail = SpanDetail.Content, PageSize = MostCalls, Cursor = page.Query(FilterNames.Cursor) }, stop)).ConfigureAwait(false);
        if (calls.Value is { Spans.Count: 0 })
        {
            return TracePages.NotFound("This conversation");
        }

        var sum = await Panel.ReadAsync(page, stop => SumAsync(page, id, stop)).ConfigureAwait(false);
        var costs = await Panel.ReadAsync(page, stop => ReadCostsAsync(page, id, calls.Value?.Spans ?? [], stop)).ConfigureAwait(false);
        return new(id, html =>
        {
            WriteFacts(html, page, id, sum);
            Parts.Of(calls, (_, found) => TranscriptView.Write(html, page, Transcript.Of(found.Spans), turn => costs.Value?.GetValueOrDefault(turn.Span.SpanId)?.Sum))(html);
            Parts.Of(costs, static _ => { })(html);
            if (calls.Value?.NextCursor is { } cursor)
            {
                html.Write($"""<nav class="pages" aria-label="Parts of the conversation"><a rel="next" href="{page.Links.Conversation(id, cursor)}">Later</a></nav>""");
            }
        });
    }

    private static async ValueTask<CostSum?> SumAsync(PageRequest page, string id, CancellationToken stop) =>
        page.Sources.Costs is { } tracking ? await tracking.Store.SumAsync(new() { ConversationId = id }, stop).ConfigureAwait(false) : null;

    /// <summary>Reads what the calls of a page cost, by span.</summary>
    private static async ValueTask<IReadOnlyDictionary<string, SpanCost>> ReadCostsAsync(PageRequest page, string id, IReadOnlyList<SpanRecord> spans, CancellationToken stop)
    {
        var costs = new Dictionary<string, SpanCost>(StringComparer.Ordinal);
        if (page.Sources.Costs is { } tracking && spans.Count > 0)
        {
            var query = new CostQuery { ConversationId = id, After = spans[0].Time, PageSize = CostQuery.MaxPageSize };
            foreach (var record in (await tracking.Store.ListAsync(query, stop).ConfigureAwait(false)).Records)
            {
                var spanId = record.SpanId ?? string.Empty;
                costs[spanId] = costs.TryGetValue(spanId, out var before) ? before.Add(record) : SpanCost.Of(record);
            }
        }

        return costs;
    }

    private static void WriteFacts(HtmlWriter html, PageRequest page, string id, Panel<CostSum?> sum)
    {
        html.Write($"""<dl class="facts">""");
        if (sum.Value is { RecordCount: > 0 } cost)
        {
            html.Write($"""{Parts.Fact("Cost (sum of leaf calls)", Shown.Money(cost))}{Parts.Fact("Calls that were priced", Shown.Number(cost.CallCount))}{Parts.Fact("Tokens in / out", Shown.Tokens(cost.InputTokens, cost.OutputTokens))}""");
        }

        html.Write($"""<div class="fact"><dt>Traces</dt><dd><a href="{page.Links.Page("traces", page.Filter.With(FilterNames.Conversation, id).With(TimeRange.All[^1]))}">all of it</a></dd></div></dl>""");
        Parts.Of(sum, static _ => { })(html);
    }
}
