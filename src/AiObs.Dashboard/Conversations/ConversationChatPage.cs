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
using Microsoft.AspNetCore.Http;

namespace AiObs.Dashboard.Conversations;

/// <summary>A conversation as a chat: as it is kept, or as the calls of all of its traces tell it.</summary>
internal static class ConversationChatPage
{
    private const int MostCalls = 100;

    public static async Task<PageBody> ReadAsync(PageRequest page)
    {
        var id = page.Query("id") ?? string.Empty;
        var tenant = page.Query(FilterNames.Tenant) ?? string.Empty;
        var kept = page.Sources.Conversations is { } store && id.Length > 0
            ? await Panel.ReadAsync(page, stop => store.FindAsync(tenant, id, includeHidden: true, stop)).ConfigureAwait(false)
            : default;
        if (kept is { Value: null, Fault: null } && tenant.Length > 0)
        {
            // Traces know no tenant: another one's conversation may have the same id.
            return NotFound();
        }

        var sum = await Panel.ReadAsync(page, stop => SumAsync(page, id, stop)).ConfigureAwait(false);
        return kept.Value is { } conversation && page.Query("view") != ConversationTabs.Calls
            ? await KeptConversationView.ReadAsync(page, page.Sources.Conversations!, conversation, sum).ConfigureAwait(false)
            : await ReadCallsAsync(page, id, kept, sum).ConfigureAwait(false);
    }

    private static PageBody NotFound() => new(
        "This conversation is not here",
        Parts.Empty(
            "It was erased, dropped to make room or by retention, belongs to another tenant than the address says, or has not arrived yet: spans are written behind, within a quarter of a second."))
    {
        Status = StatusCodes.Status404NotFound,
    };

    private static async Task<PageBody> ReadCallsAsync(PageRequest page, string id, Panel<Conversation?> kept, Panel<CostSum?> sum)
    {
        var calls = await Panel.ReadAsync(page, stop => page.Sources.Traces.ListSpansAsync(
            new() { ConversationId = id, Kind = OperationKind.Chat, Detail = SpanDetail.Content, PageSize = MostCalls, Cursor = page.Query(FilterNames.Cursor) }, stop)).ConfigureAwait(false);
        if (calls.Value is { Spans.Count: 0 } && kept is { Value: null, Fault: null })
        {
            return NotFound();
        }

        var costs = await Panel.ReadAsync(page, stop => ReadCostsAsync(page, id, calls.Value?.Spans ?? [], stop)).ConfigureAwait(false);
        return new(kept.Value is { } named ? KeptFacts.NameOf(page, named) : id, html =>
        {
            Parts.Of(kept, static _ => { })(html);
            WriteFacts(html, page, id, sum);
            if (kept.Value is { } conversation)
            {
                ConversationTabs.Write(html, page, conversation, isCalls: true);
            }

            Parts.Of(calls, (_, found) => WriteCalls(html, page, found.Spans, costs))(html);
            Parts.Of(costs, static _ => { })(html);
            if (calls.Value?.NextCursor is { } cursor)
            {
                html.Write($"""<nav class="pages" aria-label="Parts of the conversation"><a rel="next" href="{LaterLink(page, id, kept.Value, cursor)}">Later</a></nav>""");
            }
        });
    }

    private static string LaterLink(PageRequest page, string id, Conversation? kept, string cursor) => kept is null
        ? page.Links.Conversation(id, cursor)
        : page.Links.Kept(kept.Tenant, kept.Id, new("view", ConversationTabs.Calls), new(FilterNames.Cursor, cursor));

    private static void WriteCalls(HtmlWriter html, PageRequest page, IReadOnlyList<SpanRecord> spans, Panel<IReadOnlyDictionary<string, SpanCost>> costs)
    {
        if (spans.Count == 0)
        {
            Parts.Empty(
                "No trace has a model call of this conversation. Calls are seen where the client is observed, and belong to one where a scope names it:",
                $"{Parts.ObserveCode};\n{Parts.ScopeCode}")(html);
            return;
        }

        TranscriptView.Write(html, page, Transcript.Of(spans), turn => costs.Value?.GetValueOrDefault(turn.Span.SpanId)?.Sum);
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
