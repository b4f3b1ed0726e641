using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.OpenAI.Wire.ChatCompletions;

/// <summary>Reads the chunks of one stream of chat completions. Only the calls that come in pieces are kept, and only where they are wanted.</summary>
internal sealed class ChunkReader(bool keepsContent, bool keepsCalls) : ChatEventReader
{
    /// <summary>A model that asks for more at once is not to be believed.</summary>
    private const int MaxCalls = 256;

    private readonly SortedDictionary<long, PartialCall> _calls = [];

    public override WireEvent Read(JsonElement data)
    {
        var update = new ChatResponseUpdate
        {
            Role = ChatRole.Assistant,
            ResponseId = data.GetText("id"),
            ModelId = data.GetText("model"),
            AdditionalProperties = WireProperties.Of(data),
        };
        if (data.Get("error") is { } error)
        {
            return new WireEvent(update, Error: WireError.Of(error));
        }

        foreach (var choice in data.Items("choices"))
        {
            AddDelta(update, choice.Get("delta") ?? default);
            if (ChatCompletionsProtocol.FinishReasonOf(choice) is { } reason)
            {
                update.FinishReason = reason;
                AddCalls(update);
            }
        }

        if (CompletionUsage.Read(data.Get("usage")) is { } usage)
        {
            update.Contents.Add(new UsageContent(usage));
        }

        return new WireEvent(update);
    }

    private void AddDelta(ChatResponseUpdate update, JsonElement delta)
    {
        if (keepsContent)
        {
            if (MessageReading.ReasoningIn(delta) is { Length: > 0 } reasoning)
            {
                update.Contents.Add(new TextReasoningContent(reasoning));
            }

            if (delta.GetText("content") is { Length: > 0 } text)
            {
                update.Contents.Add(new TextContent(text));
            }

            if (delta.GetText("refusal") is { Length: > 0 } refusal)
            {
                update.Contents.Add(MessageReading.Refused(refusal));
            }
        }

        if (keepsContent || keepsCalls)
        {
            foreach (var call in delta.Items("tool_calls"))
            {
                Keep(call);
            }
        }
    }

    private void Keep(JsonElement call)
    {
        var index = call.GetCount("index") ?? 0;
        if (!_calls.TryGetValue(index, out var partial))
        {
            if (_calls.Count == MaxCalls)
            {
                return;
            }

            _calls[index] = partial = new PartialCall();
        }

        var callee = call.Get("function") ?? call.Get("custom");
        partial.Id ??= call.GetText("id");
        partial.Name ??= callee.GetText("name");
        partial.Arguments.Append(callee.GetText("arguments") ?? callee.GetText("input"));
    }

    private void AddCalls(ChatResponseUpdate update)
    {
        foreach (var call in _calls.Values)
        {
            update.Contents.Add(ToolReading.Call(call.Id, call.Name, call.Arguments.ToString()));
        }

        _calls.Clear();
    }

    private sealed class PartialCall
    {
        public string? Id { get; set; }

        public string? Name { get; set; }

        public StringBuilder Arguments { get; } = new();
    }
}
