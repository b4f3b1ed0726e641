using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;

namespace AiObs.Dashboard.Conversations;

/// <summary>The list of conversations: those that are kept, and those that traces tell of.</summary>
internal static class ConversationListPage
{
    public static async Task<PageBody> ReadAsync(PageRequest page)
    {
        // Each list has pages of its own, after the first of which the other one is not repeated.
        var isLaterOfKept = page.Query(FilterNames.KeptCursor) is not null;
        var isLaterOfTraced = page.Query(FilterNames.Cursor) is not null && !isLaterOfKept;
        var kept = page.Sources.Conversations is { } store && !isLaterOfTraced ? await KeptConversationTable.ReadAsync(page, store).ConfigureAwait(false) : null;
        var traced = isLaterOfKept ? null : await TracedConversationTable.ReadAsync(page).ConfigureAwait(false);
        return new("Conversations", html => Write(html, page, kept, traced)) { HasFilter = true };
    }

    private static void Write(HtmlWriter html, PageRequest page, Action<HtmlWriter>? kept, Action<HtmlWriter>? traced)
    {
        if (kept is not null)
        {
            html.Write($"<h2>Kept</h2>{kept}");
        }

        if (traced is not null)
        {
            html.Write($"<h2>In traces</h2>{traced}");
        }

        if (page.Sources.Conversations is null)
        {
            Parts.Empty("No conversation is kept. With this line messages, branches, turns and what memory showed a model are, and are shown here:", "services.AddAgentObservability().AddConversations();")(html);
        }
    }
}
