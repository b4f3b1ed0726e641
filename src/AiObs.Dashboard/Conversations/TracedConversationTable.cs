using AiObs.Cost;
using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Dashboard.Traces;
using AiObs.Store;

namespace AiObs.Dashboard.Conversations;

/// <summary>The conversations that traces tell of: the traces that name the same one, added up.</summary>
internal static class TracedConversationTable
{
    public static async Task<Action<HtmlWriter>> ReadAsync(PageRequest page)
    {
        var query = page.Filter.Pinned(page.Now).ToTraceQuery(page.Now) with { Cursor = page.Query(FilterNames.Cursor) };
        var conversations = await Panel.ReadAsync(page, stop => page.Sources.Traces.ListTracedConversationsAsync(query, stop)).ConfigureAwait(false);
        var costs = await Panel.ReadAsync(page, stop => ReadCostsAsync(page, conversations.Value, stop)).ConfigureAwait(false);
        return Parts.Of(conversations, (html, found) => Write(html, page, found, costs));
    }

    private static async ValueTask<IReadOnlyDictionary<string, CostSum>> ReadCostsAsync(PageRequest page, TracedConversationPage? conversations, CancellationToken stop)
    {
        var sums = new Dictionary<string, CostSum>(StringComparer.Ordinal);
        if (page.Sources.Costs is { } tracking && conversations is not null)
        {
            foreach (var conversation in conversations.Conversations)
            {
                sums[conversation.ConversationId] = await tracking.Store.SumAsync(new() { ConversationId = conversation.ConversationId }, stop).ConfigureAwait(false);
            }
        }

        return sums;
    }

    private static void Write(HtmlWriter html, PageRequest page, TracedConversationPage found, Panel<IReadOnlyDictionary<string, CostSum>> costs)
    {
        if (found.Conversations.Count == 0)
        {
            Parts.Empty("No conversation here yet. Calls belong to one where a scope names it:", Parts.ScopeCode)(html);
            return;
        }

        html.Write($"""
            <div class="scroll"><table class="list"><thead><tr><th scope="col">Last</th><th scope="col">Conversation</th><th scope="col" class="n">Traces</th><th scope="col" class="n">Calls</th>
            <th scope="col" class="n">Tokens in / out</th><th scope="col" class="n">Cost (sum)</th><th scope="col" class="n">Errors</th><th scope="col">User</th></tr></thead><tbody>
            """);
        foreach (var conversation in found.Conversations)
        {
            html.Write($"""
                <tr><td>{Parts.Time(conversation.LastTrace.Time)}</td>
                <td class="wide"><a href="{page.Links.Conversation(conversation.ConversationId)}"><bdi>{conversation.ConversationId}</bdi></a></td>
                <td class="n">{Shown.Number(conversation.TraceCount)}</td><td class="n">{Shown.Number(conversation.CallCount)}</td>
                <td class="n">{Shown.Tokens(conversation.InputTokens, conversation.OutputTokens)}</td>
                <td class="n">{(costs.Value?.GetValueOrDefault(conversation.ConversationId) is { RecordCount: > 0 } sum ? Shown.Money(sum) : "")}</td>
                <td class="n">{(conversation.ErrorCount == 0 ? "" : Shown.Number(conversation.ErrorCount))}</td>
                <td>{TraceRows.FilterLink(page, FilterNames.User, conversation.LastTrace.UserId)}</td></tr>
                """);
        }

        html.Write($"</tbody></table></div>");
        Parts.Of(costs, static _ => { })(html);
        if (found.NextCursor is { } cursor)
        {
            html.Write($"""<nav class="pages" aria-label="Parts of the list"><a rel="next" href="{page.Links.Page("conversations")}{page.Filter.Pinned(page.Now).ToQuery(new KeyValuePair<string, string>(FilterNames.Cursor, cursor))}">Older</a></nav>""");
        }
    }
}
