using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Ollama;

/// <summary>Reads the lines of one stream of Ollama's chat.</summary>
internal sealed class OllamaEventReader(bool keepsContent, bool keepsCalls) : ChatEventReader
{
    public override WireEvent Read(JsonElement data)
    {
        var update = new ChatResponseUpdate { Role = ChatRole.Assistant, ModelId = data.GetText("model") };
        if (data.Get("error") is { } error)
        {
            return new WireEvent(update, IsLast: true, WireError.Of(error));
        }

        AddMessage(update, data.Get("message") ?? default);
        if (!data.GetFlag("done"))
        {
            return new WireEvent(update);
        }

        update.FinishReason = OllamaProtocol.FinishReasonOf(data);
        if (OllamaProtocol.UsageOf(data) is { } usage)
        {
            update.Contents.Add(new UsageContent(usage));
        }

        return new WireEvent(update, IsLast: true);
    }

    private void AddMessage(ChatResponseUpdate update, JsonElement message)
    {
        if (keepsContent && message.GetText("thinking") is { Length: > 0 } thinking)
        {
            update.Contents.Add(new TextReasoningContent(thinking));
        }

        if (keepsContent && message.GetText("content") is { Length: > 0 } text)
        {
            update.Contents.Add(new TextContent(text));
        }

        if (keepsContent || keepsCalls)
        {
            MessageReading.AddCalls(update.Contents, message);
        }
    }
}
