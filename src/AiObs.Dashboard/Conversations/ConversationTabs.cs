using AiObs.Dashboard.Html;
using AiObs.Dashboard.Mounting;
using AiObs.Store;

namespace AiObs.Dashboard.Conversations;

/// <summary>The ways to look at a conversation that is kept.</summary>
internal static class ConversationTabs
{
    /// <summary>The model calls that traces tell of.</summary>
    public const string Calls = "calls";

    public static void Write(HtmlWriter html, PageRequest page, Conversation conversation, bool isCalls)
    {
        html.Write($"""
            <ul class="tabs" aria-label="Views">
            <li><a href="{page.Links.Kept(conversation.Tenant, conversation.Id)}" {new HtmlFlag("aria-current=\"page\"", !isCalls)}>Messages</a></li>
            <li><a href="{page.Links.Kept(conversation.Tenant, conversation.Id, new KeyValuePair<string, string>("view", Calls))}" {new HtmlFlag("aria-current=\"page\"", isCalls)}>Model calls</a></li></ul>
            """);
    }
}
