using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Dashboard.Traces;
using AiObs.Store;

namespace AiObs.Dashboard.Conversations;

/// <summary>The conversations of the store, of all tenants, with what their calls cost.</summary>
internal static class KeptConversationTable
{
    public static async Task<Action<HtmlWriter>> ReadAsync(PageRequest page, IConversationStore store)
    {
        var query = new ConversationQuery
        {
            Tenant = null,
            UserId = page.Filter[FilterNames.User],
            Tags = page.Filter[FilterNames.Tag] is { } tag ? [tag] : [],
            IncludeHidden = true,
            Cursor = page.Query(FilterNames.KeptCursor),
        };
        var conversations = await Panel.ReadAsync(page, stop => store.ListAsync(query, stop)).ConfigureAwait(false);
        var uses = await Panel.ReadAsync(page, stop => ConversationUse.ReadAsync(page, conversations.Value?.Conversations.Select(static kept => kept.Id), stop)).ConfigureAwait(false);
        return Parts.Of(conversations, (html, found) => Write(html, page, found, uses));
    }

    private static void Write(HtmlWriter html, PageRequest page, ConversationPage found, Panel<IReadOnlyDictionary<string, ConversationUse>> uses)
    {
        if (found.Conversations.Count == 0)
        {
            Parts.Empty(
                "No conversation is kept here yet. These lines keep them, and begin one:",
                "services.AddAgentObservability().AddConversations();\nawait conversations.CreateAsync(new() { Id = \"c-42\", UserId = \"ada\" });")(html);
            return;
        }

        html.Write($"""
            <p class="hint">Newest first by their creation, of any time. User and tag are looked for, no other filter is.</p>
            <div class="scroll"><table class="list"><thead><tr><th scope="col">Updated</th><th scope="col">Conversation</th><th scope="col">Tenant</th><th scope="col">User</th><th scope="col">Tags</th>
            <th scope="col" class="n">Messages</th><th scope="col" class="n">Calls</th><th scope="col" class="n">Tokens in / out</th><th scope="col" class="n">Cost (sum)</th><th scope="col">State</th></tr></thead><tbody>
            """);
        foreach (var conversation in found.Conversations)
        {
            WriteRow(html, page, conversation, uses.Value?.GetValueOrDefault(conversation.Id));
        }

        html.Write($"</tbody></table></div>");
        Parts.Of(uses, static _ => { })(html);
        if (found.NextCursor is { } cursor)
        {
            html.Write($"""<nav class="pages" aria-label="Parts of what is kept"><a rel="next" href="{page.Links.Page("conversations")}{page.Filter.ToQuery(new KeyValuePair<string, string>(FilterNames.KeptCursor, cursor))}">Created earlier</a></nav>""");
        }
    }

    private static void WriteRow(HtmlWriter html, PageRequest page, Conversation conversation, ConversationUse? use)
    {
        html.Write($"""
            <tr><td>{Parts.Time(conversation.UpdatedAt)}</td>
            <td class="wide"><a href="{page.Links.Kept(conversation.Tenant, conversation.Id)}"><bdi>{KeptFacts.NameOf(page, conversation)}</bdi></a></td>
            <td><bdi>{conversation.Tenant}</bdi></td><td>{TraceRows.FilterLink(page, FilterNames.User, conversation.UserId)}</td><td>
            """);
        foreach (var tag in conversation.Tags)
        {
            html.Write($"{TraceRows.FilterLink(page, FilterNames.Tag, tag)} ");
        }

        html.Write($"""
            </td><td class="n">{Shown.Number(conversation.MessageCount)}</td><td class="n">{Shown.Number(use?.CallCount)}</td>
            <td class="n">{(use is null ? "" : Shown.Tokens(use.InputTokens, use.OutputTokens))}</td><td class="n">{Shown.Money(use?.Cost)}</td><td>{KeptFacts.State(conversation)}</td></tr>
            """);
    }
}
