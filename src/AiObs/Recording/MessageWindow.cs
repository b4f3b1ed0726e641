using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>Chooses what of a long request is recorded: the instructions that it begins with, and its latest messages.</summary>
internal static class MessageWindow
{
    private static readonly ChatRole Developer = new("developer");

    /// <summary>Returns so many messages at most, in their order; the last one is always among them.</summary>
    /// <param name="messages">The messages of a request.</param>
    /// <param name="most">How many may be left: 1 or more.</param>
    public static IList<ChatMessage> Of(IList<ChatMessage> messages, int most)
    {
        if (messages.Count <= most)
        {
            return messages;
        }

        var window = new List<ChatMessage>(most);
        while (window.Count < most - 1 && IsInstruction(messages[window.Count]))
        {
            window.Add(messages[window.Count]);
        }

        for (var i = messages.Count - (most - window.Count); i < messages.Count; i++)
        {
            window.Add(messages[i]);
        }

        return window;
    }

    private static bool IsInstruction(ChatMessage message) => message.Role == ChatRole.System || message.Role == Developer;
}
