using AiObs.Events;

namespace AiObs.Pictures;

/// <summary>Draws the events of a root, in the order in which a sink got them.</summary>
internal static class EventPicture
{
    private static readonly string[] BriefKeys = ["amount", "error_type", "finish_reason", "input_tokens", "outcome", "output_tokens", "reason", "tool"];

    /// <summary>Draws an event; in brief, only the facts that tell outcome and cost.</summary>
    public static IEnumerable<string> Of(AgentEvent item, bool isBrief)
    {
        (string Name, string? Value)[] context = [("conversation", item.ConversationId), ("user", item.UserId), ("session", item.SessionId)];
        var known = string.Concat(context.Where(part => part.Value is not null).Select(part => $", {part.Name} {part.Value}"));
        yield return PictureText.Line(1, $"{item.Type} {item.Id}, span {item.SpanId ?? "none"} in {item.TraceId ?? "none"}{known}");
        yield return PictureText.Line(2, PictureText.InlineTags(item.Data.Where(fact => !isBrief || BriefKeys.Contains(fact.Key))));
        if (!isBrief && item.Content is { } content)
        {
            yield return PictureText.Line(2, $"content {content}");
        }
    }
}
