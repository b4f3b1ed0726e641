using AiObs.Events;

namespace AiObs.TestSupport.Pictures;

/// <summary>Draws the events of a root, in the order in which a sink got them.</summary>
internal static class EventPicture
{
    public static IEnumerable<string> Of(AgentEvent item)
    {
        (string Name, string? Value)[] context = [("conversation", item.ConversationId), ("user", item.UserId), ("session", item.SessionId)];
        var known = string.Concat(context.Where(part => part.Value is not null).Select(part => $", {part.Name} {part.Value}"));
        yield return PictureText.Line(1, $"{item.Type} {item.Id}, span {item.SpanId ?? "none"} in {item.TraceId ?? "none"}{known}");
        yield return PictureText.Line(2, PictureText.InlineTags(item.Data));
        if (item.Content is { } content)
        {
            yield return PictureText.Line(2, $"content {content}");
        }
    }
}
