using AiObs.Dashboard.Html;
using AiObs.Dashboard.Layout;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Messages;

/// <summary>Writes messages: who says what. Where texts are not to be seen, their kinds and lengths stand in their place.</summary>
internal static class MessageList
{
    public static void Write(HtmlWriter html, IEnumerable<RecordedMessage> messages, bool showsContent)
    {
        foreach (var message in messages)
        {
            Write(html, message, showsContent, Ended(message));
        }
    }

    /// <summary>Writes one message.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="message">The message.</param>
    /// <param name="showsContent">Whether what it says may be seen.</param>
    /// <param name="remarks">What stands beside its role.</param>
    public static void Write(HtmlWriter html, RecordedMessage message, bool showsContent, Action<HtmlWriter> remarks)
    {
        html.Write($"""<div class="message r-{RoleClass(message.Role)}"><p class="role"><bdi>{message.Role}</bdi>{remarks}</p>""");
        foreach (var part in message.Parts)
        {
            WritePart(html, part, showsContent);
        }

        html.Write($"</div>");
    }

    private static void WritePart(HtmlWriter html, MessagePart part, bool showsContent)
    {
        if (part.Kind != MessagePart.Plain)
        {
            html.Write($"""<p class="part"><bdi>{part.Kind.Replace('_', ' ')}</bdi> <b><bdi>{part.Name}</bdi></b></p>""");
        }

        if (!showsContent)
        {
            html.Write($"""<p class="hint">{Shown.Number(part.Text.Length)} characters, hidden</p>""");
        }
        else if (part.Kind is MessagePart.Plain or MessagePart.Reasoning)
        {
            TextView.Write(html, part.Text);
        }
        else
        {
            JsonView.Write(html, part.Text);
        }
    }

    private static Action<HtmlWriter> Ended(RecordedMessage message) => html =>
    {
        if (message.FinishReason is { } reason)
        {
            html.Write($""" <span class="hint"><bdi>{reason}</bdi></span>""");
        }
    };

    /// <summary>Roles are other people's words; a class is one of ours.</summary>
    private static string RoleClass(string role) => role switch
    {
        "user" or "assistant" or "system" or "tool" => role,
        "developer" => "system",
        _ => "other",
    };
}
