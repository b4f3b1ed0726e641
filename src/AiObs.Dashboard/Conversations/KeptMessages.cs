using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Messages;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Conversations;

/// <summary>Writes messages that are kept: what they say, and how they stand.</summary>
internal static class KeptMessages
{
    public static void Write(HtmlWriter html, PageRequest page, StoredMessage message)
    {
        MessageList.Write(html, new(message.Role.Value, ContentParts.Of(message)), page.ShowsContent, Remarks(message));
        if (message.Status == MessageStatus.Erased)
        {
            html.Write($"""<p class="hint">Erased: what was said here is gone for good.</p>""");
        }
    }

    private static Action<HtmlWriter> Remarks(StoredMessage message) => html =>
    {
        html.Write($""" <span class="hint">{Shown.Number(message.Sequence)} · {Parts.Time(message.At)}{(message.TokenCount is { } tokens ? $" · {Shown.Number(tokens)} tokens" : "")}{(message.IsPinned ? " · pinned" : "")}</span>""");
        if (Standing(message.Status) is { } standing)
        {
            html.Write($""" <span class="bad">{standing}</span>""");
        }

        if (message.ReplacesId is { } replaced)
        {
            html.Write($""" <span class="hint">instead of <bdi>{replaced}</bdi></span>""");
        }
    };

    private static string? Standing(MessageStatus status) => status switch
    {
        MessageStatus.Complete => null,
        MessageStatus.Partial => "partial: it broke off",
        MessageStatus.Refused => "refused: no model is shown it",
        MessageStatus.Erased => "erased",
        _ => status.ToString(),
    };
}
