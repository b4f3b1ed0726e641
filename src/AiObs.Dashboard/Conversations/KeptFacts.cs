using AiObs.Cost;
using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Dashboard.Traces;
using AiObs.Store;

namespace AiObs.Dashboard.Conversations;

/// <summary>What is known of a conversation besides what was said in it.</summary>
internal static class KeptFacts
{
    /// <summary>Returns the title, which is often the first question: who may see no content is shown the id.</summary>
    public static string NameOf(PageRequest page, Conversation conversation) => page.ShowsContent && conversation.Title is { Length: > 0 } title ? title : conversation.Id;

    /// <summary>Whether it is hidden, and until when it is kept.</summary>
    public static Action<HtmlWriter> State(Conversation conversation) => html =>
    {
        if (conversation.DeletedAt is { } deleted)
        {
            html.Write($"hidden {Parts.Time(deleted)} ");
        }

        if (conversation.ExpiresAt is { } expires)
        {
            html.Write($"expires {Parts.Time(expires)}");
        }
    };

    public static void Write(HtmlWriter html, PageRequest page, Conversation conversation, Panel<CostSum?> sum)
    {
        html.Write($"""<dl class="facts"><div class="fact"><dt>Id</dt><dd><bdi>{conversation.Id}</bdi></dd></div>""");
        if (conversation.Tenant.Length > 0)
        {
            html.Write($"""<div class="fact"><dt>Tenant</dt><dd><bdi>{conversation.Tenant}</bdi></dd></div>""");
        }

        if (conversation.UserId is { } user)
        {
            html.Write($"""<div class="fact"><dt>User</dt><dd>{TraceRows.FilterLink(page, FilterNames.User, user)}</dd></div>""");
        }

        if (conversation.Tags.Count > 0)
        {
            html.Write($"""<div class="fact"><dt>Tags</dt><dd>{Tags(page, conversation)}</dd></div>""");
        }

        html.Write($"""
            {Parts.Fact("Messages", Shown.Number(conversation.MessageCount))}{Parts.Fact("Version", Shown.Number(conversation.Version))}
            <div class="fact"><dt>Created</dt><dd>{Parts.Time(conversation.CreatedAt)}</dd></div><div class="fact"><dt>Updated</dt><dd>{Parts.Time(conversation.UpdatedAt)}</dd></div>
            """);
        if (conversation.DeletedAt is not null || conversation.ExpiresAt is not null)
        {
            html.Write($"""<div class="fact"><dt>State</dt><dd>{State(conversation)}</dd></div>""");
        }

        if (sum.Value is { RecordCount: > 0 } cost)
        {
            html.Write($"""{Parts.Fact("Cost (sum of leaf calls)", Shown.Money(cost))}{Parts.Fact("Calls that were priced", Shown.Number(cost.CallCount))}{Parts.Fact("Tokens in / out", Shown.Tokens(cost.InputTokens, cost.OutputTokens))}""");
        }

        html.Write($"</dl>");
        Parts.Of(sum, static _ => { })(html);
    }

    private static Action<HtmlWriter> Tags(PageRequest page, Conversation conversation) => html =>
    {
        foreach (var tag in conversation.Tags)
        {
            html.Write($"{TraceRows.FilterLink(page, FilterNames.Tag, tag)} ");
        }
    };
}
