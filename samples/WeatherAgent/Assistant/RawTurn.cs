using OpenAI.Chat;

namespace WeatherAgent.Assistant;

/// <summary>Is what the model said in one turn.</summary>
internal sealed record RawTurn(string Text, IReadOnlyList<ChatToolCall> Calls)
{
    public AssistantChatMessage ToMessage()
    {
        var message = Calls.Count > 0 ? new AssistantChatMessage(Calls) : new AssistantChatMessage(Text);
        if (Calls.Count > 0 && Text.Length > 0)
        {
            message.Content.Add(ChatMessageContentPart.CreateTextPart(Text));
        }

        return message;
    }
}
